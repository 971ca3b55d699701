import type { Node } from '../../graph/node.ts';
import { add, cast, full, select } from '../../primitives/elementwise/arithmetic.ts';
import { lt } from '../../primitives/elementwise/compare.ts';
import { take as takePrimitive } from '../../primitives/structure/take.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { isFloat } from '../../util/dtypes.ts';
import { AntlerTypeError, AntlerValueError, at } from '../../util/errors.ts';
import { normalizeAxis } from '../../util/shapes.ts';
import { flattenValues, type TensorLike, toNode, toTensor } from '../convert.ts';
import { moveaxis } from '../shape/shape.ts';

/**
 * The elements of x at `indices` along an axis: [..., n, ...] and [...i] to [..., ...i, ...]. A negative index counts
 * from the end. An index outside gives NaN (0 for integers) if it is known only when the program runs.
 * @throws AntlerValueError for an index outside among plain numbers; AntlerTypeError for indices that are no integers
 */
export function take(x: TensorLike, indices: TensorLike, axis = 0): Tensor {
  const values = toTensor(x, 'take');
  const along = normalizeAxis(axis, values.rank, 'take');
  const places = indexNode(indices, at(values.shape, along), 'take');
  const rows = new Tensor(takePrimitive(moveaxis(values, along, 0).node, places));
  const rank = places.shape.length;
  if (along === 0) return rows;
  const front = Array.from({ length: rank }, (_, i) => i);
  return moveaxis(
    rows,
    front,
    front.map((i) => i + along),
  );
}

/** Indices as int32, negative ones counted from the end. @throws as `take` */
export function indexNode(indices: TensorLike, extent: number, where: string): Node {
  if (!(indices instanceof Tensor)) requireInside(flattenValues(indices, where).data, extent, where);
  const places = integerNode(indices, where);
  return select(lt(places, full(places, 0)), add(places, full(places, extent)), places);
}

/** Integers of any kind, or plain numbers, as int32. @throws AntlerTypeError for others */
export function integerNode(indices: TensorLike, where: string): Node {
  const node = toNode(indices, where);
  if (node.dtype === 'bool' || (indices instanceof Tensor && isFloat(node.dtype))) {
    throw new AntlerTypeError({
      where,
      expected: 'integer indices',
      got: node.dtype,
      fix: "convert with cast(x, 'int32')",
    });
  }
  return cast(node, 'int32');
}

function requireInside(indices: ArrayLike<number>, extent: number, where: string): void {
  for (const index of Array.from(indices)) {
    if (Number.isInteger(index) && index >= -extent && index < extent) continue;
    throw new AntlerValueError({
      where,
      expected: `whole indices in [${-extent}, ${extent - 1}]`,
      got: `${index}`,
    });
  }
}
