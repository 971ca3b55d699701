import { type Code, i32, ifElse, type Local, v128 } from '../../encoder/index.ts';
import { type KernelStep, operand } from '../kernel.ts';
import { type KernelFunction, offsetBy, stepOf } from '../kernel-function.ts';
import { FLOAT_BYTES, keepLanes, LANES, lanesOf, VECTOR_BYTES } from '../lanes.ts';
import { type PanelPlan, type PanelRun, panelRuns } from './panel-plan.ts';
import { transpose4x4 } from './transpose.ts';

/** Where the right operand lies. Distances are in bytes, and one of `depthStride` and `columnStride` is that of a float. */
export interface PanelSource {
  /** Operands beside each other, each with panels of its own; from outer to inner. */
  readonly groups: readonly { readonly count: number; readonly stride: number }[];
  readonly columnStride: number;
  readonly depthStride: number;
}

function groupCount({ groups }: PanelSource): number {
  return groups.reduce((product, { count }) => product * count, 1);
}

/** Floats of the panels of all groups. */
export function panelsSize(source: PanelSource, plan: PanelPlan): number {
  return groupCount(source) * plan.count * plan.pitch;
}

/** Copies an input into panels, temporary 0; columns that do not exist become zeros. One row is one panel. */
export function packStep(name: string, input: number, source: PanelSource, plan: PanelPlan): KernelStep {
  const step = {
    name,
    extent: groupCount(source) * plan.count,
    operands: [operand.input(input, 'whole'), operand.temporary(0, 'rows', 'write')],
    costPerRow: plan.pitch,
  };
  return stepOf(step, [source, plan], (fn) => packRows(fn, source, plan));
}

function packRows(fn: KernelFunction, source: PanelSource, plan: PanelPlan): Code {
  const [from, to] = [fn.pointer(0), fn.pointer(1)];
  const panels = { start: to.get, step: plan.pitch * FLOAT_BYTES };
  return fn.withMany('i32', 2, ([panel, start]) => {
    if (!panel || !start) return [];
    const pack = (run: PanelRun, target: Local) => packPanel(fn, source, run, plan.depth, [target, start]);
    const packPanel = source.depthStride === FLOAT_BYTES ? packTransposed : packStraight;
    const choose = (target: Local): Code => {
      const [whole, last] = panelRuns(plan);
      if (!whole || !last) return whole ? pack(whole, target) : [];
      const isLast = i32.eq(i32.remU(panel.get, i32.const(plan.count)), i32.const(last.first));
      return ifElse(isLast, pack(last, target), pack(whole, target));
    };
    return [
      panel.set(fn.first.get),
      fn.walk(fn.rows.get, [panels], (target) => [
        start.set(i32.add(from.get, panelOffset(panel.get, source, plan))),
        choose(target),
        panel.set(offsetBy(panel.get, 1)),
      ]),
    ];
  });
}

/** Bytes from the start of the right operand to the first column of a panel. */
function panelOffset(
  panel: Code,
  { groups, columnStride }: PanelSource,
  { count, vectors }: PanelPlan,
): Code {
  const levels = [...groups, { count, stride: vectors * LANES * columnStride }];
  let size = 1;
  let offset: Code = i32.const(0);
  for (const level of levels.toReversed()) {
    if (level.count > 1) {
      const place = i32.remU(i32.divU(panel, i32.const(size)), i32.const(level.count));
      offset = i32.add(offset, i32.mul(place, i32.const(level.stride)));
    }
    size *= level.count;
  }
  return offset;
}

/** Columns lie beside each other: moves vectors. */
function packStraight(
  fn: KernelFunction,
  { depthStride }: PanelSource,
  { vectors, columns }: PanelRun,
  depth: number,
  [to, from]: readonly [Local, Local],
): Code {
  const walks = [
    { start: to.get, step: vectors * VECTOR_BYTES },
    { start: from.get, step: depthStride },
  ];
  return fn.walk(depth, walks, (target, place) =>
    Array.from({ length: vectors }, (_, v) => {
      const loaded = v128.load(place.get, v * VECTOR_BYTES);
      return v128.store(target.get, keepLanes(loaded, lanesOf(columns, v)), v * VECTOR_BYTES);
    }),
  );
}

/** The depth lies densely: moves blocks of 4 x 4 and turns them. */
function packTransposed(
  fn: KernelFunction,
  { columnStride }: PanelSource,
  { vectors, columns }: PanelRun,
  depth: number,
  [to, from]: readonly [Local, Local],
): Code {
  const blocks = Math.floor(depth / LANES);
  const block = (target: Code, place: Code, depths: number): Code =>
    Array.from({ length: vectors }, (_, v) =>
      transpose4x4(fn, {
        rows: lanesOf(columns, v),
        load: (row) => v128.load(place, (v * LANES + row) * columnStride),
        columns: depths,
        store: (column, value) => v128.store(target, value, (column * vectors + v) * VECTOR_BYTES),
      }),
    );
  const step = LANES * vectors * VECTOR_BYTES;
  const walks = [
    { start: to.get, step },
    { start: from.get, step: VECTOR_BYTES },
  ];
  return [
    fn.walk(blocks, walks, (target, place) => block(target.get, place.get, LANES)),
    block(offsetBy(to.get, blocks * step), offsetBy(from.get, blocks * VECTOR_BYTES), depth % LANES),
  ];
}
