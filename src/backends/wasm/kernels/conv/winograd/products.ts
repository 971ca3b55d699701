import { type Code, f32x4, i32, type Local, v128 } from '../../../encoder/index.ts';
import { type KernelFunction, offsetBy } from '../../kernel-function.ts';
import { FLOAT_BYTES, VECTOR_BYTES } from '../../lanes.ts';
import { type PanelRun, panelRuns, tileRows } from '../../product/panel-plan.ts';
import { emitTile } from '../../product/tile.ts';
import { tapPanelBytes, tapPositionBytes } from './filter.ts';
import { POSITIONS, vectorBytes } from './plan.ts';
import type { WinogradPlan, WinogradWorkspace } from './workspace.ts';

/** Each position's tiles times its panels. */
export function emitProducts(
  fn: KernelFunction,
  plan: WinogradPlan,
  place: WinogradWorkspace,
  tiles: number | Code,
): Code {
  const { panels } = plan;
  const inWorkspace = (offset: number) => offsetBy(fn.workspace.get, offset);
  return panelRuns(panels).map((run) => {
    const skipped = run.first * tapPanelBytes(panels);
    const walks = [
      { start: inWorkspace(place.inputs), step: place.inputPosition },
      {
        start: inWorkspace(place.products + run.first * panels.vectors * VECTOR_BYTES),
        step: place.productPosition,
      },
      {
        start: offsetBy(fn.pointer(1).get, skipped),
        step: tapPositionBytes(panels, run.vectors),
      },
    ];
    return fn.walk(POSITIONS, walks, (left, output, panel) => {
      const overPanels = [
        { start: panel.get, step: tapPanelBytes(panels) },
        { start: output.get, step: panels.vectors * VECTOR_BYTES },
      ];
      return fn.walk(run.count, overPanels, (right, columns) =>
        emitStrip(fn, plan, run, tiles, { left, right, columns }),
      );
    });
  });
}

/** All tiles of a position times one panel. */
function emitStrip(
  fn: KernelFunction,
  { tiles: { geometry }, panels }: WinogradPlan,
  run: PanelRun,
  tiles: number | Code,
  { left, right, columns }: { readonly left: Local; readonly right: Local; readonly columns: Local },
): Code {
  const height = tileRows(run.vectors);
  const [from, to] = [vectorBytes(geometry.channels), vectorBytes(geometry.filters)];
  const count =
    typeof tiles === 'number'
      ? Math.ceil(tiles / height)
      : i32.divU(i32.add(tiles, i32.const(height - 1)), i32.const(height));
  const walks = [
    { start: left.get, step: height * from },
    { start: columns.get, step: height * to },
  ];
  return fn.walk(count, walks, (rows, sums) =>
    emitTile(fn, {
      rowOffsets: Array.from({ length: height }, (_, row) => row * from),
      vectors: run.vectors,
      walk: {
        levels: [{ count: panels.depth, stride: FLOAT_BYTES }],
        rightStride: run.vectors * VECTOR_BYTES,
      },
      left: rows.get,
      right: right.get,
      begin: () => f32x4.const(0, 0, 0, 0),
      end: (row, v, sum) => v128.store(sums.get, sum.get, row * to + v * VECTOR_BYTES),
    }),
  );
}
