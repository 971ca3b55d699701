import type { Node } from '../../graph/node.ts';
import { at } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { full, mul } from '../elementwise/arithmetic.ts';
import { pad } from '../structure/pad.ts';
import { flip, reshape, slice, transpose } from '../structure/views.ts';
import { linearScan } from './cumulative.ts';

/** For each element of lines [count, n] the product of those before it. */
function productsBefore(lines: Node): Node {
  const [count, n] = [at(lines.shape, 0), at(lines.shape, 1)];
  const column = slice(lines, { start: [0, 0], step: [1, 1], shape: [count, 1] });
  const others = slice(lines, { start: [0, 0], step: [1, 1], shape: [count, n - 1] });
  const factors = pad(others, { low: [0, 1], high: [0, 0], interior: [0, 0] });
  const start = pad(full(column, 1), { low: [0, 0], high: [0, n - 1], interior: [0, 0] });
  return linearScan(factors, start, 1);
}

/** For each element the product of all others along `axes`: right where factors are 0, too, and so are its derivatives. */
export function productOfOthers(x: Node, axes: readonly number[]): Node {
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const order = [...kept, ...axes];
  const apart = transpose(x, order);
  const n = sizeOf(axes.map((axis) => at(x.shape, axis)));
  if (sizeOf(x.shape) === 0) return x;
  const lines = reshape(apart, [sizeOf(x.shape) / n, n]);
  const after = flip(productsBefore(flip(lines, [1])), [1]);
  const others = reshape(mul(productsBefore(lines), after), apart.shape);
  return transpose(
    others,
    order.map((_, axis) => order.indexOf(axis)),
  );
}
