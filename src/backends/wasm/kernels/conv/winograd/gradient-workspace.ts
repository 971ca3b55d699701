import { VECTOR_BYTES } from '../../lanes.ts';
import type { PanelPlan } from '../../product/panel-plan.ts';
import { type ConvGeometry, type ImageLayout, imageLayout } from '../geometry.ts';
import { spreadInputs, spreadOutputs, TILE, type Transform } from './algebra.ts';
import { blockTiles, POSITIONS, positionBytes, type TilePlan, vectorBytes } from './plan.ts';
import { type Spread, spreadScratchBytes } from './spread.ts';

/**
 * The cotangent of a kernel by tiles: those of x and of the cotangent of y are transformed, multiplied over all tiles
 * at each of 36 positions, and the sums are turned into taps. Columns are filters.
 */
export interface WinogradGradientPlan {
  readonly tiles: TilePlan;
  readonly panels: PanelPlan;
}

/** Images of one kind: how they are read and where their transformed tiles stand in the workspace. */
export interface Side {
  /** As if it were the input of a convolution. */
  readonly geometry: ConvGeometry;
  readonly layout: ImageLayout;
  readonly transform: Transform;
  /** Bytes from the start of the workspace to the padded image, and to the matrices. */
  readonly padded: number;
  readonly matrices: number;
  readonly positionBytes: number;
}

/** Bytes from the start of the workspace. */
export interface GradientWorkspace {
  readonly x: Side;
  readonly y: Side;
  readonly scratch: number;
  readonly sums: number;
  /** Bytes from one position of the sums to the next. */
  readonly sumBytes: number;
  readonly bytes: number;
}

export function layGradient({ tiles: plan }: WinogradGradientPlan): GradientWorkspace {
  const { geometry, layout, tiles } = plan;
  const { channels, filters, output } = geometry;
  let end = 0;
  const take = (bytes: number) => {
    const start = end;
    end += Math.ceil(bytes / VECTOR_BYTES + 1) * VECTOR_BYTES;
    return start;
  };
  const sideOf = (image: ConvGeometry, itsLayout: ImageLayout, transform: Transform): Side => {
    const position = positionBytes(blockTiles(plan), vectorBytes(image.channels));
    const padded = take(itsLayout.isPadded ? itsLayout.bytes : 0);
    const matrices = take(POSITIONS * position);
    return { geometry: image, layout: itsLayout, transform, padded, matrices, positionBytes: position };
  };
  const outputs: ConvGeometry = { ...geometry, input: output, channels: filters, low: [0, 0] };
  const whole = imageLayout({ ...outputs, window: [1, 1], output: [tiles[0] * TILE, tiles[1] * TILE] });
  const x = sideOf(geometry, layout, spreadInputs);
  const y = sideOf(outputs, whole, spreadOutputs);
  const scratch = take(Math.max(...[x, y].map((side) => spreadScratchBytes(spreadOf(plan, side, 1)))));
  const sumBytes = positionBytes(channels, vectorBytes(filters));
  const sums = take(POSITIONS * sumBytes);
  return { x, y, scratch, sums, sumBytes, bytes: end };
}

/** How rows of tiles of an image of either kind are spread. */
export function spreadOf({ tiles }: TilePlan, side: Side, rows: number): Spread {
  return {
    transform: side.transform,
    channels: side.geometry.channels,
    rowBytes: side.layout.rowBytes,
    tileRows: rows,
    tiles: tiles[1],
    positionBytes: side.positionBytes,
  };
}
