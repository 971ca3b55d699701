/** One number for each spatial axis of sequences, pictures and volumes. */
export type Line = readonly [width: number];
export type Plane = readonly [height: number, width: number];
export type Volume = readonly [depth: number, height: number, width: number];

/** One number for all spatial axes, or one for each. */
export type Extents<Size extends readonly number[]> = number | Size;

/** How many spatial axes there are. */
export type SpatialRank = 1 | 2 | 3;

/** What lies around the input: nothing, or as much as keeps its size. */
export type Padding = 'valid' | 'same';

const LAYOUTS = {
  1: '[batch, steps, channels]',
  2: '[batch, height, width, channels]',
  3: '[batch, depth, height, width, channels]',
} as const;

/** The axes of inputs with so many spatial ones. */
export function spatialLayout(rank: SpatialRank): string {
  return LAYOUTS[rank];
}

/** One number for each of `rank` spatial axes. */
export function asExtents(value: Extents<readonly number[]>, rank: SpatialRank): number[] {
  return typeof value === 'number' ? new Array<number>(rank).fill(value) : [...value];
}
