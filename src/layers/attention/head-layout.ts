import { reshape, transpose } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError, at } from '../../util/errors.ts';
import { normalizeAxes, type Shape, sizeOf } from '../../util/shapes.ts';

/**
 * How axes take part in attention: those attended over are its positions, the others in front of the features
 * count as batch.
 */
export interface HeadLayout {
  readonly attended: readonly number[];
  readonly batch: readonly number[];
}

/**
 * The layout for inputs of a rank, features included.
 * @param axes attended axes; null for all but the first and the last
 * @throws AntlerValueError for the axis of the batch or of the features
 */
export function headLayout(rank: number, axes: readonly number[] | null): HeadLayout {
  const leading = Array.from({ length: rank - 1 }, (_, axis) => axis);
  const attended = axes === null ? leading.slice(1) : normalizeAxes(axes, rank, 'attentionAxes');
  if (attended.some((axis) => axis === 0 || axis === rank - 1)) {
    const expected = 'attentionAxes between the batch and the features';
    throw new AntlerValueError({ where: 'attentionAxes', expected, got: `[${axes}] of ${rank} axes` });
  }
  return { attended, batch: leading.filter((axis) => !attended.includes(axis)) };
}

/** x [...axes, heads, depth] to [batch * heads, positions, depth]: the matrices of one product. */
export function splitHeads(x: Tensor, { attended, batch }: HeadLayout): Tensor {
  const rank = x.shape.length;
  const moved = transpose(x, [...batch, rank - 2, ...attended, rank - 1]);
  const positions = sizeOf(attended.map((axis) => at(x.shape, axis)));
  return reshape(moved, [-1, positions, at(x.shape, -1)]);
}

/** The way back from `splitHeads`. @param leading extents of the axes in front of heads and depth */
export function joinHeads(x: Tensor, leading: Shape, heads: number, { attended, batch }: HeadLayout): Tensor {
  const order = [...batch, leading.length, ...attended, leading.length + 1];
  const extents = [...leading, heads, at(x.shape, -1)];
  const apart = reshape(
    x,
    order.map((axis) => at(extents, axis)),
  );
  return transpose(
    apart,
    extents.map((_, axis) => order.indexOf(axis)),
  );
}
