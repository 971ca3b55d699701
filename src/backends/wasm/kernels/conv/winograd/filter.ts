import { type Code, i32, ifElse, type Local, v128 } from '../../../encoder/index.ts';
import { type KernelStep, operand } from '../../kernel.ts';
import { type KernelFunction, offsetBy, stepOf } from '../../kernel-function.ts';
import { FLOAT_BYTES, LANES, lanesOf, VECTOR_BYTES } from '../../lanes.ts';
import { type PanelPlan, type PanelRun, panelRuns } from '../../product/panel-plan.ts';
import type { ConvGeometry } from '../geometry.ts';
import { PATCH, spreadTaps, transformVectors, WINDOW } from './algebra.ts';
import { POSITIONS, positionBytes } from './plan.ts';

/** Where the taps of a kernel lie. Distances are in bytes, and one of `columnStride` and `depthStride` is a float's. */
export interface TapSource {
  readonly columnStride: number;
  readonly depthStride: number;
  readonly tapStride: number;
  /** The window is turned by half a circle. */
  readonly isTurned: boolean;
}

/** Kernel [3, 3, channels, filters]: columns are filters, the depth is channels. */
export function forwardTaps({ channels, filters }: ConvGeometry): TapSource {
  return {
    columnStride: FLOAT_BYTES,
    depthStride: filters * FLOAT_BYTES,
    tapStride: channels * filters * FLOAT_BYTES,
    isTurned: false,
  };
}

/** The same kernel seen from the output: columns are channels, the depth is filters. */
export function turnedTaps({ channels, filters }: ConvGeometry): TapSource {
  return {
    columnStride: filters * FLOAT_BYTES,
    depthStride: FLOAT_BYTES,
    tapStride: channels * filters * FLOAT_BYTES,
    isTurned: true,
  };
}

/** Bytes from one position of a panel to the next. */
export function tapPositionBytes({ depth }: PanelPlan, vectors: number): number {
  return positionBytes(depth, vectors * VECTOR_BYTES);
}

/** Bytes from one panel, with its 36 positions, to the next. */
export function tapPanelBytes(plan: PanelPlan): number {
  return POSITIONS * tapPositionBytes(plan, plan.vectors);
}

/** Transforms a kernel, input 1, into panels, temporary 0. One row is a panel with its 36 positions. */
export function tapStep(name: string, source: TapSource, plan: PanelPlan): KernelStep {
  const step = {
    name,
    extent: plan.count,
    operands: [operand.input(1, 'whole'), operand.temporary(0, 'rows', 'write')],
    costPerRow: POSITIONS * plan.pitch,
    workspaceBytes: PATCH * WINDOW * VECTOR_BYTES,
  };
  return stepOf(step, [source, plan], (fn) => emitPanels(fn, source, plan));
}

function emitPanels(fn: KernelFunction, source: TapSource, plan: PanelPlan): Code {
  const columnBytes = plan.vectors * LANES * source.columnStride;
  const [whole, last] = panelRuns(plan);
  return fn.withMany('i32', 2, ([panel, start]) => {
    if (!panel || !start || !whole) return [];
    const emit = (run: PanelRun, to: Local) => emitPanel(fn, source, plan, run, [to, start]);
    const isLast = (run: PanelRun) => i32.eq(panel.get, i32.const(run.first));
    return [
      panel.set(fn.first.get),
      fn.walk(fn.rows.get, [{ start: fn.pointer(1).get, step: tapPanelBytes(plan) }], (to) => [
        start.set(i32.add(fn.pointer(0).get, i32.mul(panel.get, i32.const(columnBytes)))),
        last ? ifElse(isLast(last), emit(last, to), emit(whole, to)) : emit(whole, to),
        panel.set(offsetBy(panel.get, 1)),
      ]),
    ];
  });
}

function emitPanel(
  fn: KernelFunction,
  source: TapSource,
  plan: PanelPlan,
  { vectors, columns }: PanelRun,
  [panel, taps]: readonly [Local, Local],
): Code {
  const places = [
    { start: panel.get, step: vectors * VECTOR_BYTES },
    { start: taps.get, step: source.depthStride },
  ];
  const position = tapPositionBytes(plan, vectors);
  return fn.walk(plan.depth, places, (to, from) =>
    Array.from({ length: vectors }, (_, v) => {
      const offset = v * LANES * source.columnStride;
      return emitTaps(fn, source, lanesOf(columns, v), position, [
        offsetBy(to.get, v * VECTOR_BYTES),
        offsetBy(from.get, offset),
      ]);
    }),
  );
}

/** The window of four filters and one place of the depth. */
function emitTaps(
  fn: KernelFunction,
  source: TapSource,
  lanes: number,
  position: number,
  [to, from]: readonly [Code, Code],
): Code {
  const line = WINDOW * VECTOR_BYTES;
  return fn.withMany('i32', 2, ([target, window]) => {
    if (!target || !window) return [];
    const columns = Array.from({ length: WINDOW }, (_, column) =>
      transformVectors(
        fn,
        spreadTaps,
        (row) => loadColumns(source, window, tapOffset(source, row, column), lanes),
        (i, value) => v128.store(fn.workspace.get, value, i * line + column * VECTOR_BYTES),
      ),
    );
    const lines = [
      { start: fn.workspace.get, step: line },
      { start: target.get, step: PATCH * position },
    ];
    return [
      target.set(to),
      window.set(from),
      columns,
      fn.walk(PATCH, lines, (row, positions) =>
        transformVectors(
          fn,
          spreadTaps,
          (i) => v128.load(row.get, i * VECTOR_BYTES),
          (i, value) => v128.store(positions.get, value, i * position),
        ),
      ),
    ];
  });
}

/** Bytes from the start of a window to one of its taps. */
function tapOffset({ tapStride, isTurned }: TapSource, row: number, column: number): number {
  const place = row * WINDOW + column;
  return (isTurned ? WINDOW * WINDOW - 1 - place : place) * tapStride;
}

/** One tap of four columns; lanes of columns that do not exist hold anything. */
function loadColumns({ columnStride }: TapSource, address: Local, offset: number, lanes: number): Code {
  if (columnStride === FLOAT_BYTES) return v128.load(address.get, offset);
  return Array.from({ length: lanes }, (_, lane) => lane).reduce<Code>(
    (vector, lane) =>
      lane === 0
        ? v128.load32Splat(address.get, offset)
        : v128.load32Lane(address.get, vector, lane, offset + lane * columnStride),
    [],
  );
}
