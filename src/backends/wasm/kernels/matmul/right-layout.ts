import type { MatmulGeometry } from '../../../../primitives/contraction/matmul.ts';
import { FLOAT_BYTES, VECTOR_BYTES } from '../lanes.ts';
import type { PanelPlan, PanelRun } from '../product/panel-plan.ts';

/** Where tiles find the columns of a right matrix. Distances are in bytes. */
export interface RightLayout {
  /** From a panel of full width to the next. */
  readonly panelStride: number;
  /** From a matrix of a batch to the next. */
  readonly matrixStride: number;
  /** From one place of the depth to the next; undefined where that is the width of the panel. */
  readonly placeStride?: number;
}

/** From one place of the depth to the next in the panels of a run. */
export function placeStrideIn(layout: RightLayout, run: PanelRun): number {
  return layout.placeStride ?? run.vectors * VECTOR_BYTES;
}

/** Packing reads and writes the right matrix once more; so few rows never read it again. */
const ROWS_WITHOUT_PANELS = 4;

/** Whether the right matrix is used where it is: it is read once anyway, and its columns lie beside each other. */
export function readsInPlace({ m, b }: MatmulGeometry): boolean {
  return m <= ROWS_WITHOUT_PANELS && b.column === 1;
}

/** The columns of a matrix where it is. */
export function layoutInPlace({ n, k, b }: MatmulGeometry, { vectors }: PanelPlan): RightLayout {
  return {
    panelStride: vectors * VECTOR_BYTES,
    matrixStride: n * k * FLOAT_BYTES,
    placeStride: b.depth * FLOAT_BYTES,
  };
}

/** Panels one after the other. */
export function layoutInPanels({ count, pitch }: PanelPlan): RightLayout {
  return {
    panelStride: pitch * FLOAT_BYTES,
    matrixStride: count * pitch * FLOAT_BYTES,
  };
}
