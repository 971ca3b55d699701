import type { Node } from '../../graph/node.ts';
import { add, cast, full, select, sub } from '../../primitives/elementwise/arithmetic.ts';
import { and, eq, le, lt, not, or } from '../../primitives/elementwise/compare.ts';
import { take } from '../../primitives/structure/take.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import { commonDType, type TensorLike, toNodeOf } from '../convert.ts';

/** On which side of equal elements a place is. */
export interface SearchOptions {
  /** `left` (default): before them; `right`: behind them. */
  readonly side?: 'left' | 'right';
}

/**
 * Where values belong in an ascending vector so that it stays in order, as int32: [n] and [...v] to [...v], in [0, n].
 * NaN counts as larger than all numbers.
 * @throws AntlerShapeError unless `sorted` has one axis
 */
export function searchsorted(sorted: TensorLike, values: TensorLike, options: SearchOptions = {}): Tensor {
  const { side = 'left' } = options;
  const common = commonDType([sorted, values], 'searchsorted');
  const dtype = common === 'bool' ? 'int32' : common;
  const [line, wanted] = [sorted, values].map((x) => toNodeOf(x, dtype, 'searchsorted')) as [Node, Node];
  if (line.shape.length !== 1) {
    throw new AntlerShapeError({
      where: 'searchsorted',
      expected: 'a sorted vector [n]',
      got: formatShape(line.shape),
    });
  }
  if (side === 'left') return new Tensor(bisect(line, wanted, isBefore));
  if (side === 'right') return new Tensor(bisect(line, wanted, (a, b) => not(isBefore(b, a))));
  throw new AntlerValueError({
    where: 'searchsorted',
    expected: "side 'left' or 'right'",
    got: `'${side as string}'`,
  });
}

/** a < b with NaN behind all numbers. */
function isBefore(a: Node, b: Node): Node {
  return or(lt(a, b), and(eq(a, a), not(eq(b, b))));
}

/** How many elements of a vector come before each value: binary search by halving steps. */
function bisect(sorted: Node, values: Node, comesBefore: (element: Node, value: Node) => Node): Node {
  const extent = at(sorted.shape, 0);
  let count = cast(full(values, 0), 'int32');
  for (let step = 2 ** Math.floor(Math.log2(Math.max(1, extent))); step >= 1; step /= 2) {
    const next = add(count, full(count, step));
    const element = take(sorted, sub(next, full(next, 1)));
    const advances = and(le(next, full(next, extent)), comesBefore(element, values));
    count = select(advances, next, count);
  }
  return count;
}
