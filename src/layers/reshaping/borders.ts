import { slice } from '../../ops/shape/slicing.ts';
import { pad } from '../../ops/shape/tiling.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import { type DataFormat, requireDataFormat } from '../data-format.ts';
import { defineLayer } from '../define-layer.ts';
import { type SpatialRank, spatialLayout } from '../window.ts';

/** Elements before and behind an axis: one number for both, or one each. */
type Border = number | readonly [before: number, behind: number];

/** One number for all borders, or a border for each of several axes; of a single axis its two numbers. */
export type Borders<Rank extends SpatialRank> = Rank extends 1
  ? Border
  : Rank extends 2
    ? number | readonly [height: Border, width: Border]
    : number | readonly [depth: Border, height: Border, width: Border];

/** Elements before and behind every axis. */
type Widths = readonly (readonly [before: number, behind: number])[];

function borderWidths(borders: unknown, rank: SpatialRank): Widths {
  const both = (border: unknown) =>
    (Array.isArray(border) ? border : [border, border]) as unknown as Widths[number];
  if (rank === 1) return [both(borders)];
  const list: readonly unknown[] = Array.isArray(borders) ? borders : new Array(rank).fill(borders);
  return list.map(both);
}

function requireBorders(borders: unknown, rank: SpatialRank, option: string, where: string): void {
  const widths = borderWidths(borders, rank);
  const isCount = (count: unknown) => Number.isInteger(count) && Number(count) >= 0;
  if (widths.length === rank && widths.every((pair) => pair.length === 2 && pair.every(isCount))) return;
  const pairs = rank === 1 ? 'or two of them' : `or ${rank} of them, or ${rank} pairs [before, behind]`;
  throw new AntlerValueError({
    where,
    expected: `${option}: a whole number >= 0, ${pairs}`,
    got: JSON.stringify(borders),
  });
}

/** The borders of all axes of the input: none at the batch and the channels. */
function allAxes(borders: unknown, rank: SpatialRank, format: DataFormat): Widths {
  const none = [0, 0] as const;
  const spatial = borderWidths(borders, rank);
  return format === 'channelsLast' ? [none, ...spatial, none] : [none, none, ...spatial];
}

/** Options of the zero paddings. */
export interface ZeroPaddingConfig<Rank extends SpatialRank> {
  /** Zeros before and behind each spatial axis. Default 1. */
  readonly padding: Borders<Rank>;
  readonly dataFormat: DataFormat;
}

function defineZeroPadding<Rank extends SpatialRank>(rank: Rank) {
  return defineLayer({
    type: `ZeroPadding${rank}D`,
    defaults: { padding: 1 as 1 & Borders<Rank>, dataFormat: 'channelsLast' },
    input: spatialLayout(rank),
    check({ padding, dataFormat }: ZeroPaddingConfig<Rank>, where) {
      requireBorders(padding, rank, 'padding', where);
      requireDataFormat(dataFormat, where);
    },
    call: ({ config }, x) => pad(x, allAxes(config.padding, rank, config.dataFormat)),
  });
}

/** Puts zeros around sequences: [batch, steps, channels] to [batch, before + steps + behind, channels]. As Keras 3. */
export const zeroPadding1d = defineZeroPadding(1);

/** Puts zeros around pictures: [batch, height, width, channels] to [batch, height', width', channels]. As Keras 3. */
export const zeroPadding2d = defineZeroPadding(2);

/**
 * Puts zeros around volumes: [batch, depth, height, width, channels] to [batch, depth', height', width',
 * channels]. As Keras 3.
 */
export const zeroPadding3d = defineZeroPadding(3);

/** Options of the croppings. */
export interface CroppingConfig<Rank extends SpatialRank> {
  /** Elements taken off before and behind each spatial axis. Default 1 of sequences and volumes, 0 of pictures. */
  readonly cropping: Borders<Rank>;
  readonly dataFormat: DataFormat;
}

function defineCropping<Rank extends SpatialRank>(rank: Rank, cropping: 0 | 1) {
  return defineLayer({
    type: `Cropping${rank}D`,
    defaults: { cropping: cropping as (0 | 1) & Borders<Rank>, dataFormat: 'channelsLast' },
    input: spatialLayout(rank),
    check({ cropping: given, dataFormat }: CroppingConfig<Rank>, where) {
      requireBorders(given, rank, 'cropping', where);
      requireDataFormat(dataFormat, where);
    },
    call: ({ config }, x) => crop(x, allAxes(config.cropping, rank, config.dataFormat)),
  });
}

function crop(x: Tensor, widths: Widths): Tensor {
  const sizes = x.shape.map((extent, axis) => {
    const [before, behind] = at(widths, axis);
    return extent - before - behind;
  });
  if (sizes.some((size, axis) => size <= 0 && at(x.shape, axis) > 0)) {
    throw new AntlerShapeError({
      where: 'input',
      expected: `more elements than cropping ${JSON.stringify(widths)} takes off`,
      got: formatShape(x.shape),
    });
  }
  return slice(
    x,
    widths.map(([before]) => before),
    sizes,
  );
}

/** Takes elements off the ends of sequences: [batch, steps, channels] to [batch, steps', channels]. As Keras 3. */
export const cropping1d = defineCropping(1, 1);

/** Takes borders off pictures: [batch, height, width, channels] to [batch, height', width', channels]. As Keras 3. */
export const cropping2d = defineCropping(2, 0);

/**
 * Takes borders off volumes: [batch, depth, height, width, channels] to [batch, depth', height', width',
 * channels]. As Keras 3.
 */
export const cropping3d = defineCropping(3, 1);
