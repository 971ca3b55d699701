import * as views from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { formatShape, normalizeAxis, type Shape } from '../../util/shapes.ts';
import { type TensorLike, toNode, toTensor } from '../convert.ts';
import { concat, squeeze } from './shape.ts';

/**
 * A block of x: `size[i]` elements from `begin[i]` along axis i. A size of -1 is all that is left, a negative
 * begin counts from the end, and axes that are not named stay whole.
 * @throws AntlerValueError for a block that reaches outside
 */
export function slice(
  x: TensorLike,
  begin: number | readonly number[],
  size?: number | readonly number[],
): Tensor {
  const node = toNode(x, 'slice');
  const [starts, sizes] = [begin, size ?? []].map((value) =>
    typeof value === 'number' ? [value] : value,
  ) as [Shape, Shape];
  if (starts.length > node.shape.length || sizes.length > node.shape.length) {
    throw new AntlerValueError({
      where: 'slice',
      expected: `at most ${node.shape.length} axes`,
      got: `${Math.max(starts.length, sizes.length)}`,
    });
  }
  const start = node.shape.map((extent, axis) => resolveStart(starts[axis] ?? 0, extent));
  const shape = node.shape.map((extent, axis) => {
    const wanted = sizes[axis] ?? -1;
    return wanted === -1 ? extent - at(start, axis) : wanted;
  });
  const fits = shape.every((count, axis) => {
    const from = at(start, axis);
    return (
      Number.isInteger(from) &&
      Number.isInteger(count) &&
      from >= 0 &&
      count >= 0 &&
      from + count <= at(node.shape, axis)
    );
  });
  if (fits) return new Tensor(views.slice(node, { start, shape, step: shape.map(() => 1) }));
  throw new AntlerValueError({
    where: 'slice',
    expected: `a block inside shape ${formatShape(node.shape)}`,
    got: `begin ${formatShape(starts)}, size ${formatShape(sizes)}`,
  });
}

function resolveStart(begin: number, extent: number): number {
  return begin < 0 ? begin + extent : begin;
}

/** `count` elements of one axis from `start`. */
export function sliceAxis(x: Tensor, axis: number, start: number, count: number): Tensor {
  return slice(
    x,
    x.shape.map((_, i) => (i === axis ? start : 0)),
    x.shape.map((extent, i) => (i === axis ? count : extent)),
  );
}

/**
 * Cuts along an axis into as many equal parts as `parts` says, or into parts of the listed sizes.
 * @throws AntlerShapeError if the parts do not fill the axis
 */
export function split(x: TensorLike, parts: number | readonly number[], axis = 0): Tensor[] {
  const whole = toTensor(x, 'split');
  const along = normalizeAxis(axis, whole.rank, 'split');
  const extent = at(whole.shape, along);
  const sizes = typeof parts === 'number' ? Array.from({ length: parts }, () => extent / parts) : parts;
  const countable = sizes.every((size) => Number.isInteger(size) && size >= 0);
  if (!countable || sizes.length === 0 || sizes.reduce((a, b) => a + b, 0) !== extent) {
    throw new AntlerShapeError({
      where: 'split',
      expected:
        typeof parts === 'number' ? `an extent that ${parts} divides` : `sizes that add up to ${extent}`,
      got: typeof parts === 'number' ? `${extent}` : formatShape(parts),
    });
  }
  let start = 0;
  return sizes.map((size) => {
    const part = sliceAxis(whole, along, start, size);
    start += size;
    return part;
  });
}

/** The slices along an axis, which they lose. */
export function unstack(x: TensorLike, axis = 0): Tensor[] {
  const { shape, rank } = toTensor(x, 'unstack');
  const along = normalizeAxis(axis, rank, 'unstack');
  if (at(shape, along) === 0) return [];
  return split(x, at(shape, along), along).map((part) => squeeze(part, along));
}

/** Moves elements along axes by `shift` places towards the end; what falls off comes in again at the start. */
export function roll(
  x: TensorLike,
  shift: number | readonly number[],
  axis?: number | readonly number[],
): Tensor {
  const given = toTensor(x, 'roll');
  if (axis === undefined) {
    const flat = new Tensor(views.reshape(given.node, [given.size]));
    return new Tensor(views.reshape(roll(flat, shift, 0).node, given.shape));
  }
  const axes = typeof axis === 'number' ? [axis] : axis;
  const shifts = typeof shift === 'number' ? axes.map(() => shift) : shift;
  if (shifts.length !== axes.length) {
    throw new AntlerValueError({
      where: 'roll',
      expected: `${axes.length} shifts, one for each axis`,
      got: `${shifts.length}`,
    });
  }
  return axes.reduce(
    (rolled, a, i) => rollAxis(rolled, at(shifts, i), normalizeAxis(a, given.rank, 'roll')),
    given,
  );
}

function rollAxis(x: Tensor, shift: number, axis: number): Tensor {
  const extent = at(x.shape, axis);
  if (extent === 0) return x;
  const moved = ((shift % extent) + extent) % extent;
  if (moved === 0) return x;
  return concat([sliceAxis(x, axis, extent - moved, moved), sliceAxis(x, axis, 0, extent - moved)], axis);
}
