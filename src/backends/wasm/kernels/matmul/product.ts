import type { MatmulGeometry } from '../../../../primitives/contraction/matmul.ts';
import { type Code, f32x4, i32, ifElse, type Local, select, v128 } from '../../encoder/index.ts';
import { advancePointer, type KernelFunction, offsetBy } from '../kernel-function.ts';
import { FLOAT_BYTES, lanesOf, storeLanes, VECTOR_BYTES } from '../lanes.ts';
import { type PanelPlan, type PanelRun, panelRuns, tileRows } from '../product/panel-plan.ts';
import { emitTile, type Tile } from '../product/tile.ts';
import {
  copiedLayout,
  copiesLeft,
  copyLeftBlock,
  DEPTH_BLOCK,
  type LeftLayout,
  originalLayout,
  ROW_BLOCK,
} from './left-block.ts';
import { placeStrideIn, type RightLayout } from './right-layout.ts';

export interface Product {
  readonly geometry: MatmulGeometry;
  readonly plan: PanelPlan;
  readonly right: RightLayout;
  readonly hasBias: boolean;
}

/** Addresses of the matrices of one product. */
interface Matrices {
  readonly left: Local;
  readonly right: Local;
  readonly output: Local;
}

/** Part of the depth of a product. */
interface DepthBlock {
  readonly start: Code;
  readonly length: number;
  /** The output holds the sums over the depth before. */
  readonly continues: boolean;
}

/** A block of the depth, and how the left matrix lies for it. */
interface PlacedBlock extends DepthBlock {
  readonly layout: LeftLayout;
}

/** Pointers: left matrix, right matrix or its panels, output, bias. */
export function emitProduct(fn: KernelFunction, product: Product): Code {
  const { batch, m, n, k, a } = product.geometry;
  const [left, right, output] = [fn.pointer(0), fn.pointer(1), fn.pointer(2)];
  if (batch > 1) {
    const walks = [
      { start: left.get, step: m * k * FLOAT_BYTES },
      { start: right.get, step: product.right.matrixStride },
      { start: output.get, step: m * n * FLOAT_BYTES },
    ];
    return fn.walk(fn.rows.get, walks, (one, other, result) =>
      emitDepths(fn, product, { left: one, right: other, output: result }, i32.const(m)),
    );
  }
  const skipped = i32.mul(fn.first.get, i32.const(a.row * FLOAT_BYTES));
  // a transposed left matrix is given as a whole
  const advance = a.depth === 1 ? [] : left.set(i32.add(left.get, skipped));
  return [advance, emitDepths(fn, product, { left, right, output }, fn.rows.get)];
}

/** The first block of the depth starts the sums; the others, all of full length, go on. */
function emitDepths(fn: KernelFunction, product: Product, matrices: Matrices, rows: Code): Code {
  const { k, a } = product.geometry;
  const more = Math.max(0, Math.ceil(k / DEPTH_BLOCK) - 1);
  const length = k - more * DEPTH_BLOCK;
  const depthBytes = a.depth * FLOAT_BYTES;
  const walks = [
    { start: i32.const(length), step: DEPTH_BLOCK },
    { start: offsetBy(matrices.left.get, length * depthBytes), step: DEPTH_BLOCK * depthBytes },
  ];
  const head = { start: i32.const(0), length, continues: false };
  return [
    emitRowBlocks(fn, product, matrices, rows, head),
    fn.walk(more, walks, (start, left) => {
      const block = { start: start.get, length: DEPTH_BLOCK, continues: true };
      return emitRowBlocks(fn, product, { ...matrices, left }, rows, block);
    }),
  ];
}

function emitRowBlocks(
  fn: KernelFunction,
  product: Product,
  { left, right, output }: Matrices,
  rows: Code,
  depth: DepthBlock,
): Code {
  const { m, n, a } = product.geometry;
  if (m <= ROW_BLOCK) return emitBlock(fn, product, { left, right, output }, rows, depth);
  const blocks = i32.divU(offsetBy(rows, ROW_BLOCK - 1), i32.const(ROW_BLOCK));
  const walks = [
    { start: left.get, step: ROW_BLOCK * a.row * FLOAT_BYTES },
    { start: output.get, step: ROW_BLOCK * n * FLOAT_BYTES },
  ];
  return fn.withMany('i32', 2, ([remaining, inBlock]) => {
    if (!remaining || !inBlock) return [];
    const most = i32.const(ROW_BLOCK);
    return [
      remaining.set(rows),
      fn.walk(blocks, walks, (rowsLeft, rowsOutput) => [
        inBlock.set(select(remaining.get, most, i32.ltU(remaining.get, most))),
        emitBlock(fn, product, { left: rowsLeft, right, output: rowsOutput }, inBlock.get, depth),
        remaining.set(i32.sub(remaining.get, inBlock.get)),
      ]),
    ];
  });
}

/** Some rows of the left matrix against all panels. */
function emitBlock(
  fn: KernelFunction,
  product: Product,
  matrices: Matrices,
  rows: Code,
  depth: DepthBlock,
): Code {
  const original = originalLayout(product.geometry);
  if (!copiesLeft(product.geometry))
    return emitPanels(fn, product, matrices, rows, { ...depth, layout: original });
  const copy = fn.workspace;
  return [
    copyLeftBlock(fn, original, depth.length, rows, [matrices.left, copy]),
    emitPanels(fn, product, { ...matrices, left: copy }, rows, {
      ...depth,
      layout: copiedLayout(depth.length),
    }),
  ];
}

function emitPanels(
  fn: KernelFunction,
  product: Product,
  { left, right, output }: Matrices,
  rows: Code,
  depth: PlacedBlock,
): Code {
  const { plan, right: layout } = product;
  return panelRuns(plan).map((run) => {
    const skipped = i32.mul(depth.start, i32.const(placeStrideIn(layout, run)));
    const columnStep = plan.vectors * VECTOR_BYTES;
    const column = run.first * columnStep;
    const walks = [
      {
        start: i32.add(offsetBy(right.get, run.first * layout.panelStride), skipped),
        step: layout.panelStride,
      },
      { start: offsetBy(output.get, column), step: columnStep },
      ...(product.hasBias ? [{ start: offsetBy(fn.pointer(3).get, column), step: columnStep }] : []),
    ];
    return fn.walk(run.count, walks, (panel, columns, bias) =>
      emitRows(fn, product, rows, { left, panel, output: columns, bias, run, depth }),
    );
  });
}

/** The rows of one panel. */
interface Strip {
  readonly left: Local;
  readonly panel: Local;
  readonly output: Local;
  readonly bias: Local | undefined;
  readonly run: PanelRun;
  readonly depth: PlacedBlock;
}

/** As many tiles of full height as there are, then lower ones for the rest. */
function emitRows(fn: KernelFunction, product: Product, rows: Code, strip: Strip): Code {
  const height = tileRows(strip.run.vectors);
  return fn.withMany('i32', 2, ([left, output]) => {
    if (!left || !output) return [];
    const tile = (tall: number): Code => [
      emitTile(fn, stripTile(product, strip, tall, left, output)),
      advancePointer(left, tall * strip.depth.layout.rowStride),
      advancePointer(output, tall * product.geometry.n * FLOAT_BYTES),
    ];
    const rest = i32.remU(rows, i32.const(height));
    const lower = [4, 2, 1].filter((tall) => tall < height);
    return [
      left.set(strip.left.get),
      output.set(strip.output.get),
      fn.times(i32.divU(rows, i32.const(height)), () => tile(height)),
      lower.map((tall) => ifElse(i32.and(rest, i32.const(tall)), tile(tall))),
    ];
  });
}

function stripTile(product: Product, strip: Strip, height: number, left: Local, output: Local): Tile {
  const { run, depth, bias } = strip;
  const { n } = product.geometry;
  const { rowStride, depthStride } = depth.layout;
  const begin = (row: number, v: number): Code => {
    if (depth.continues) return v128.load(output.get, row * n * FLOAT_BYTES + v * VECTOR_BYTES);
    return bias ? v128.load(bias.get, v * VECTOR_BYTES) : f32x4.const(0, 0, 0, 0);
  };
  return {
    rowOffsets: Array.from({ length: height }, (_, row) => row * rowStride),
    vectors: run.vectors,
    walk: {
      levels: [{ count: depth.length, stride: depthStride }],
      rightStride: placeStrideIn(product.right, run),
    },
    left: left.get,
    right: strip.panel.get,
    begin,
    end: (row, v, sum) => {
      const offset = row * n * FLOAT_BYTES + v * VECTOR_BYTES;
      return storeLanes(output.get, sum.get, lanesOf(run.columns, v), offset);
    },
  };
}
