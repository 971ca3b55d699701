import { broadcastTo, expandDims, reshape, swapaxes } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { formatShape, type Shape, sizeOf } from '../../util/shapes.ts';
import { type HeadLayout, splitHeads } from './head-layout.ts';

/** Which queries, or keys, count: bool [...axes] to [batch * heads, positions, 1]. */
export function sequenceMask(mask: Tensor, leading: Shape, heads: number, layout: HeadLayout): Tensor {
  if (mask.rank !== leading.length) {
    throw new AntlerShapeError({
      where: 'mask',
      expected: `a mask of shape ${formatShape(leading)}`,
      got: formatShape(mask.shape),
    });
  }
  const apart = reshape(mask, [...mask.shape, 1, 1]);
  return splitHeads(broadcastTo(apart, [...leading, heads, 1]), layout);
}

/** The same for keys: [batch * heads, 1, positions]. */
export function keySequenceMask(mask: Tensor, leading: Shape, heads: number, layout: HeadLayout): Tensor {
  return swapaxes(sequenceMask(mask, leading, heads, layout), 1, 2);
}

/**
 * Which pairs count: bool [...batch, heads, ...queries, ...keys], where axes in front may be missing, the heads
 * first, and others be 1, to [batch * heads or 1, queries, keys].
 * @param full extents of all these axes
 */
export function pairMask(mask: Tensor, full: Shape, { attended }: HeadLayout): Tensor {
  const pairs = 2 * attended.length;
  let whole = mask;
  while (whole.rank >= pairs && whole.rank < full.length) whole = expandDims(whole, whole.rank - pairs);
  if (whole.rank !== full.length) {
    throw new AntlerShapeError({
      where: 'attentionMask',
      expected: `a mask that broadcasts to ${formatShape(full)}`,
      got: formatShape(mask.shape),
    });
  }
  const front = whole.shape.slice(0, -pairs);
  const wanted = front.every((extent) => extent === 1) ? front : full.slice(0, -pairs);
  const behind = full.slice(-pairs);
  const flat = [
    sizeOf(wanted),
    sizeOf(behind.slice(0, attended.length)),
    sizeOf(behind.slice(attended.length)),
  ];
  return reshape(broadcastTo(whole, [...wanted, ...behind]), flat);
}

/** The only attended axis, along which one position comes before another. @throws AntlerValueError if there are more */
export function timeAxis({ attended }: HeadLayout, option: string): number {
  if (attended.length === 1) return at(attended, 0);
  throw new AntlerValueError({
    where: option,
    expected: 'one axis that is attended over',
    got: `${attended.length}`,
  });
}
