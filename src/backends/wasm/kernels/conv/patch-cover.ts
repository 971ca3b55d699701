import { FLOAT_BYTES } from '../lanes.ts';
import { type DepthLevel, mergeLevels, placesIn } from '../product/depth.ts';
import { type ConvGeometry, type ImageLayout, patchLevels } from './geometry.ts';

/** How tiles of one height cover the places of a patch, as rows of a product. */
export interface PatchCover {
  /** Loops over dense stretches of the patch, each covered on its own. */
  readonly stretches: readonly DepthLevel[];
  /** Byte offsets within a stretch of the rows of each tile, where every tile is written out; */
  readonly tiles: readonly (readonly number[])[];
  /** else places of a stretch, for a loop over tiles. */
  readonly length: number;
}

/** Up to this many tiles are written out, and may then span the gaps of a patch. */
const MOST_WRITTEN_OUT = 12;

export function coverPatch(geometry: ConvGeometry, layout: ImageLayout, height: number): PatchCover {
  const offsets = offsetsOf(patchLevels(geometry, layout));
  if (Math.ceil(offsets.length / height) <= MOST_WRITTEN_OUT) {
    return { stretches: [], tiles: chunks(offsets, height), length: 0 };
  }
  return { ...denseStretches(geometry, layout), tiles: [] };
}

/** A patch as loops over its dense stretches, and the places of each. */
export function denseStretches(
  geometry: ConvGeometry,
  layout: ImageLayout,
): Pick<PatchCover, 'stretches' | 'length'> {
  const levels = mergeLevels(patchLevels(geometry, layout));
  const last = levels.at(-1);
  if (last?.stride !== FLOAT_BYTES) return { stretches: levels, length: 1 };
  return { stretches: levels.slice(0, -1), length: last.count };
}

/** Tiles that cover one patch. */
export function countTiles({ stretches, tiles, length }: PatchCover, height: number): number {
  return placesIn(stretches) * (tiles.length + Math.ceil(length / height));
}

function offsetsOf([outermost, ...inner]: readonly DepthLevel[]): readonly number[] {
  if (!outermost) return [0];
  const inside = offsetsOf(inner);
  return Array.from({ length: outermost.count }, (_, i) =>
    inside.map((o) => i * outermost.stride + o),
  ).flat();
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, i) => i * size);
  return starts.map((start) => items.slice(start, start + size));
}
