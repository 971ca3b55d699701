import { FLOAT_BYTES, LANES, VECTOR_BYTES } from '../../lanes.ts';
import { type ConvGeometry, type ImageLayout, imageLayout, type Pair } from '../geometry.ts';
import { PATCH, TILE, WINDOW } from './algebra.ts';

/** Products of a tile, one matrix product for each. */
export const POSITIONS = PATCH * PATCH;

/** A cache line: tiles of neighbouring positions must not fall on the same lines of the first-level cache. */
const LINE_BYTES = 64;

/** What the transformed tiles of a block may take of the second-level cache, */
const BLOCK_BYTES = 320 * 1024;

/** unless there are so many channels that transformed kernels, read once a block, need more tiles to be worth it. */
const LEAST_TILES = 32;

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
  const wanted = Math.max(LEAST_TILES, Math.floor(BLOCK_BYTES / tileBytes));
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

/** Cycles in which the transforms of a tile deal with a channel or a filter; */
const TRANSFORM_CYCLES = 20;
/** in which the transform of the kernel deals with one of its channels and filters, once for all images; */
const KERNEL_CYCLES = 15;
/** and in which a cotangent of the kernel is made of its sums, once for the images of a call. */
const SUM_CYCLES = 100;

/** Images of a call, if there are so many. */
const CALL_IMAGES = 8;

/** Multiply-adds of a cycle. */
const PER_CYCLE = 8;

/** Whether minimal filtering is possible: the window is 3 x 3 in steps of one, without gaps and groups. */
export function isTileable({ window, strides, dilation, groups, low }: ConvGeometry): boolean {
  const isAll = (pair: Pair, value: number) => pair[0] === value && pair[1] === value;
  const isPlain = isAll(window, WINDOW) && isAll(strides, 1) && isAll(dilation, 1) && groups === 1;
  return isPlain && Math.min(...low) >= 0;
}

/**
 * Cycles for an image by tiles, as measured for 3 to 256 channels: products at the speed of direct sums, and transforms.
 * Small images use few outputs of their tiles.
 */
export function tiledCycles({ output, channels, filters, batch }: ConvGeometry): number {
  const tiles = Math.ceil(output[0] / TILE) * Math.ceil(output[1] / TILE);
  const products = (POSITIONS * channels * filters) / PER_CYCLE;
  const kernel = (KERNEL_CYCLES * channels * filters) / batch;
  return tiles * (products + TRANSFORM_CYCLES * (channels + filters)) + kernel;
}

/** ... for the share of an image in the cotangent of the kernel. */
export function tiledGradientCycles(geometry: ConvGeometry): number {
  const { channels, filters, batch } = geometry;
  return tiledCycles(geometry) + (SUM_CYCLES * channels * filters) / Math.min(batch, CALL_IMAGES);
}

/** Cycles for an image by direct sums. */
export function directCycles({ output, channels, filters }: ConvGeometry): number {
  return (output[0] * output[1] * WINDOW * WINDOW * channels * filters) / PER_CYCLE;
}
