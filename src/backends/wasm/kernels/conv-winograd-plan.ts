import { type ConvGeometry, type ImageLayout, imageLayout, type Pair } from './conv-geometry.ts';
import { PATCH, TILE, WINDOW } from './conv-winograd-algebra.ts';
import { FLOAT_BYTES, LANES, VECTOR_BYTES } from './lanes.ts';

/** Products of a tile, one matrix product for each. */
export const POSITIONS = PATCH * PATCH;

/** A cache line: tiles of neighbouring positions must not fall on the same lines of the first-level cache. */
const LINE_BYTES = 64;

/** What the transformed tiles of a block may take of the second-level cache. */
const BLOCK_BYTES = 320 * 1024;

/** A convolution cut into tiles, and tiles into blocks that are transformed and multiplied together. */
export interface TilePlan {
  readonly geometry: ConvGeometry;
  /** The image with zeros around it, up to whole tiles. */
  readonly layout: ImageLayout;
  /** Tiles of an image. */
  readonly tiles: Pair;
  /** Images of a block; with more than one, a block has all their tiles. */
  readonly images: number;
  /** Rows of tiles of a block. */
  readonly tileRows: number;
}

export function planTiles(geometry: ConvGeometry): TilePlan {
  const { output, channels, filters } = geometry;
  const tiles: Pair = [Math.ceil(output[0] / TILE), Math.ceil(output[1] / TILE)];
  const layout = imageLayout({ ...geometry, output: [tiles[0] * TILE, tiles[1] * TILE] });
  const tileBytes = POSITIONS * (channels + filters) * FLOAT_BYTES;
  const wanted = Math.max(1, Math.floor(BLOCK_BYTES / tileBytes));
  const images = Math.max(1, Math.floor(wanted / (tiles[0] * tiles[1])));
  const tileRows = Math.min(tiles[0], Math.max(1, Math.floor(wanted / tiles[1])));
  return { geometry, layout, tiles, images, tileRows };
}

/** Most tiles of a block. */
export function blockTiles({ images, tileRows, tiles }: TilePlan): number {
  return images * tileRows * tiles[1];
}

/** Bytes of so many floats in whole vectors. */
export function vectorBytes(floats: number): number {
  return Math.ceil(floats / LANES) * VECTOR_BYTES;
}

/** Bytes from one position to the next of matrices with so many rows. */
export function positionBytes(rows: number, rowBytes: number): number {
  return Math.ceil((rows * rowBytes) / LINE_BYTES) * LINE_BYTES + LINE_BYTES;
}

/** Whether the window is 3 x 3 in steps of one, without gaps and groups, and there is enough to do for transforms. */
export function suitsWinograd({
  window,
  strides,
  dilation,
  groups,
  channels,
  filters,
  low,
}: ConvGeometry): boolean {
  const isAll = (pair: Pair, value: number) => pair[0] === value && pair[1] === value;
  const isPlain = isAll(window, WINDOW) && isAll(strides, 1) && isAll(dilation, 1) && groups === 1;
  return isPlain && Math.min(...low) >= 0 && Math.min(channels, filters) >= LEAST_CHANNELS;
}

/** Fewer channels or filters do not earn back their transforms. */
const LEAST_CHANNELS = 8;
