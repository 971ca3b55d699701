import type { MatmulGeometry } from '../../../../primitives/contraction/matmul.ts';
import { type Code, i32, type Local, v128 } from '../../encoder/index.ts';
import { type KernelFunction, offsetBy } from '../kernel-function.ts';
import { FLOAT_BYTES, LANES, VECTOR_BYTES } from '../lanes.ts';
import { transpose4x4 } from '../product/transpose.ts';

/** How the rows of a left matrix lie, in bytes. */
export interface LeftLayout {
  readonly rowStride: number;
  readonly depthStride: number;
}

/** A block of the depth keeps a panel in the first-level cache, */
export const DEPTH_BLOCK = 256;
/** and a block of rows keeps its part of the left matrix in the second. */
export const ROW_BLOCK = 128;

/** Rows that are a multiple of this apart fall on the same few lines of a cache. */
const CACHE_PERIOD_BYTES = 2048;
/** Fewer columns than this do not pay for a copy. */
const FEWEST_COLUMNS = 24;

/** The layout of the left matrix where it is. */
export function originalLayout({ a }: MatmulGeometry): LeftLayout {
  return { rowStride: a.row * FLOAT_BYTES, depthStride: a.depth * FLOAT_BYTES };
}

/** Whether blocks of the left matrix are copied before use: turned, or only moved together. */
export function copiesLeft(geometry: MatmulGeometry): boolean {
  const { rowStride, depthStride } = originalLayout(geometry);
  const isScattered = depthStride !== FLOAT_BYTES || rowStride % CACHE_PERIOD_BYTES === 0;
  return isScattered && geometry.n >= FEWEST_COLUMNS && geometry.k > 1;
}

/** Bytes for the copy of one block. */
export function leftCopyBytes({ k }: MatmulGeometry): number {
  return ROW_BLOCK * copiedLayout(Math.min(k, DEPTH_BLOCK)).rowStride;
}

/** The layout of the copy: the depth is dense, rows start at multiples of a vector. */
export function copiedLayout(depth: number): LeftLayout {
  return { rowStride: Math.ceil(depth / LANES) * VECTOR_BYTES, depthStride: FLOAT_BYTES };
}

/** Copies `rows` rows of a block; at most three rows more are read and written. */
export function copyLeftBlock(
  fn: KernelFunction,
  from: LeftLayout,
  depth: number,
  rows: Code,
  [source, target]: readonly [Local, Local],
): Code {
  const to = copiedLayout(depth);
  if (from.depthStride !== FLOAT_BYTES) return turnBlock(fn, from, to, depth, rows, [source, target]);
  const walks = [
    { start: target.get, step: to.rowStride },
    { start: source.get, step: from.rowStride },
  ];
  return fn.walk(rows, walks, (rowTo, rowFrom) => {
    const along = [
      { start: rowTo.get, step: VECTOR_BYTES },
      { start: rowFrom.get, step: VECTOR_BYTES },
    ];
    return fn.walk(Math.ceil(depth / LANES), along, (t, f) => v128.store(t.get, v128.load(f.get)));
  });
}

/** Four rows and four places of the depth at a time. */
function turnBlock(
  fn: KernelFunction,
  from: LeftLayout,
  to: LeftLayout,
  depth: number,
  rows: Code,
  [source, target]: readonly [Local, Local],
): Code {
  const turn = (places: number, t: Code, f: Code): Code =>
    transpose4x4(fn, {
      rows: places,
      load: (place) => v128.load(f, place * from.depthStride),
      columns: LANES,
      store: (row, value) => v128.store(t, value, row * to.rowStride),
    });
  const groups = i32.shrU(i32.add(rows, i32.const(LANES - 1)), i32.const(2));
  const walks = [
    { start: target.get, step: LANES * to.rowStride },
    { start: source.get, step: LANES * from.rowStride },
  ];
  return fn.walk(groups, walks, (rowTo, rowFrom) => {
    const along = [
      { start: rowTo.get, step: VECTOR_BYTES },
      { start: rowFrom.get, step: LANES * from.depthStride },
    ];
    const whole = Math.floor(depth / LANES);
    const rest = depth % LANES;
    return [
      fn.walk(whole, along, (t, f) => turn(LANES, t.get, f.get)),
      rest === 0
        ? []
        : turn(
            rest,
            offsetBy(rowTo.get, whole * VECTOR_BYTES),
            offsetBy(rowFrom.get, whole * LANES * from.depthStride),
          ),
    ];
  });
}
