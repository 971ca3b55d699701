import { VECTOR_BYTES } from '../../lanes.ts';
import { type PanelPlan, panelRuns, tileRows } from '../../product/panel-plan.ts';
import { spreadInputs } from './algebra.ts';
import { gatherScratchBytes } from './gather.ts';
import { blockTiles, POSITIONS, positionBytes, type TilePlan, vectorBytes } from './plan.ts';
import { type Spread, spreadScratchBytes } from './spread.ts';

/** A convolution by tiles: both transforms and the 36 matrix products [tiles, channels] x [channels, filters] between. */
export interface WinogradPlan {
  readonly tiles: TilePlan;
  readonly panels: PanelPlan;
  readonly hasBias: boolean;
  /** Rows of tiles that are a row of the kernel, for a single image; 0 where rows are images. */
  readonly partRows: number;
}

/** Bytes from the start of the workspace: the padded image, a row of tiles half transformed, tiles, products. */
export interface WinogradWorkspace {
  readonly scratch: number;
  readonly inputs: number;
  readonly products: number;
  readonly bytes: number;
  /** Bytes from one position to the next, of tiles and of products. */
  readonly inputPosition: number;
  readonly productPosition: number;
}

export function layWorkspace({ tiles: plan, panels }: WinogradPlan): WinogradWorkspace {
  const { geometry, layout, tiles } = plan;
  // the last register tile computes all its rows, whether or not there are so many tiles
  const roundedUp = panelRuns(panels).map(({ vectors }) => {
    const height = tileRows(vectors);
    return Math.ceil(blockTiles(plan) / height) * height;
  });
  const rows = Math.max(...roundedUp);
  const inputPosition = positionBytes(rows, vectorBytes(geometry.channels));
  const productPosition = positionBytes(rows, vectorBytes(geometry.filters));
  const spread = spreadScratchBytes(spreadOf(plan, plan.tileRows, inputPosition));
  const scratch = layout.isPadded ? layout.bytes + VECTOR_BYTES : 0;
  const inputs = scratch + Math.max(spread, gatherScratchBytes(geometry.filters, tiles[1]));
  const products = inputs + POSITIONS * inputPosition;
  const bytes = products + POSITIONS * productPosition;
  return { scratch, inputs, products, bytes, inputPosition, productPosition };
}

/** How rows of tiles of the image are spread. */
export function spreadOf({ geometry, layout, tiles }: TilePlan, rows: number, position: number): Spread {
  return {
    transform: spreadInputs,
    channels: geometry.channels,
    rowBytes: layout.rowBytes,
    tileRows: rows,
    tiles: tiles[1],
    positionBytes: position,
  };
}
