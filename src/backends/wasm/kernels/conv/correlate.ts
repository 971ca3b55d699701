import { type Code, f32x4, i32, type Local, memory, v128 } from '../../encoder/index.ts';
import { type KernelFunction, offsetBy } from '../kernel-function.ts';
import { FLOAT_BYTES, lanesOf, storeLanes, VECTOR_BYTES } from '../lanes.ts';
import type { DepthLevel } from '../product/depth.ts';
import { type PanelPlan, type PanelRun, panelRuns, tileRows } from '../product/panel-plan.ts';
import { emitTile } from '../product/tile.ts';
import { type ConvGeometry, type ImageLayout, imageLayout } from './geometry.ts';
import { walkImages } from './images.ts';
import { coverPatch } from './patch-cover.ts';

/** The cotangent of a kernel. Columns are filters, read from the cotangent of y itself. */
export interface KernelGradientPlan {
  readonly geometry: ConvGeometry;
  readonly plan: PanelPlan;
}

/** Rows of output pixels whose inputs and cotangents share the first-level cache. */
interface Band {
  readonly rows: number;
  readonly layout: ImageLayout;
}

/** Room for a band; the rest of the first-level cache is for the sums. */
const BAND_BYTES = 20_480;

/** Addresses of a part of the work: inputs, cotangents of outputs, cotangents of kernel places. */
interface Places {
  readonly x: Local;
  readonly y: Local;
  readonly kernel: Local;
}

/** Pointers: x, cotangent of y, cotangent of the kernel, workspace. Rows are images. */
export function emitKernelGradient(fn: KernelFunction, gradient: KernelGradientPlan): Code {
  const { geometry } = gradient;
  const { channels, filters, groups, window } = geometry;
  const layout = imageLayout(geometry);
  const size = window[0] * window[1] * (channels / groups) * filters;
  const kernel = fn.pointer(2);
  return [
    memory.fill(kernel.get, i32.const(0), i32.const(size * FLOAT_BYTES)),
    walkImages(fn, geometry, layout, [fn.pointer(0), fn.pointer(1)], (x, y) =>
      emitBands(fn, gradient, layout, { x, y, kernel }),
    ),
  ];
}

/** Adds the share of one image. */
function emitBands(
  fn: KernelFunction,
  gradient: KernelGradientPlan,
  layout: ImageLayout,
  { x, y, kernel }: Places,
): Code {
  const { output, strides, filters } = gradient.geometry;
  const rowBytes = { x: strides[0] * layout.rowBytes, y: output[1] * filters * FLOAT_BYTES };
  const rows = bandRows(output[0], rowBytes.x + rowBytes.y);
  const bands = Math.floor(output[0] / rows);
  const rest = output[0] % rows;
  const walk = (from: number, count: number, tall: number): Code => {
    const walks = [
      { start: offsetBy(x.get, from * rowBytes.x), step: tall * rowBytes.x },
      { start: offsetBy(y.get, from * rowBytes.y), step: tall * rowBytes.y },
    ];
    return fn.walk(count, walks, (bandX, bandY) =>
      emitGroups(fn, gradient, { rows: tall, layout }, { x: bandX, y: bandY, kernel }),
    );
  };
  return [walk(0, bands, rows), rest === 0 ? [] : walk(bands * rows, 1, rest)];
}

/** As many rows as fit, but rather a few less than a last band of another height. */
function bandRows(rows: number, rowBytes: number): number {
  const most = Math.max(1, Math.min(rows, Math.floor(BAND_BYTES / rowBytes)));
  const even = Array.from({ length: most }, (_, i) => most - i).find((tall) => rows % tall === 0) ?? most;
  return 2 * even >= most ? even : most;
}

function emitGroups(
  fn: KernelFunction,
  { geometry, plan }: KernelGradientPlan,
  band: Band,
  { x, y, kernel }: Places,
): Code {
  const { channels, filters, groups } = geometry;
  const filterBytes = (filters / groups) * FLOAT_BYTES;
  const width = plan.vectors * VECTOR_BYTES;
  const overGroups = [
    { start: x.get, step: (channels / groups) * FLOAT_BYTES },
    { start: y.get, step: filterBytes },
    { start: kernel.get, step: filterBytes },
  ];
  return fn.walk(groups, overGroups, (groupX, groupY, groupKernel) =>
    panelRuns(plan).map((run) => {
      const overPanels = [groupY, groupKernel].map((pointer) => ({
        start: offsetBy(pointer.get, run.first * width),
        step: width,
      }));
      return fn.walk(run.count, overPanels, (columns, sums) =>
        emitPatch(fn, geometry, band, run, { x: groupX, y: columns, kernel: sums }),
      );
    }),
  );
}

/** All places of a patch, for the filters of one panel. */
function emitPatch(
  fn: KernelFunction,
  geometry: ConvGeometry,
  band: Band,
  run: PanelRun,
  { x, y, kernel }: Places,
): Code {
  const height = tileRows(run.vectors);
  const kernelRow = geometry.filters * FLOAT_BYTES;
  const { stretches, tiles, length } = coverPatch(geometry, band.layout, height);
  const tile = (offsets: readonly number[], places: Places) =>
    emitPlaceTile(fn, geometry, band, run, offsets, places);
  const dense = (count: number) => Array.from({ length: count }, (_, i) => i * FLOAT_BYTES);
  return fn.with('i32', (sums) => {
    const advance = (places: number) => sums.set(offsetBy(sums.get, places * kernelRow));
    const stretch = (start: Local): Code => [
      tiles.map((offsets) => [tile(offsets, { x: start, y, kernel: sums }), advance(offsets.length)]),
      fn.walk(Math.floor(length / height), [{ start: start.get, step: height * FLOAT_BYTES }], (from) => [
        tile(dense(height), { x: from, y, kernel: sums }),
        advance(height),
      ]),
      length % height === 0 ? [] : lastTile(start),
    ];
    const lastTile = (start: Local): Code =>
      fn.with('i32', (from) => [
        from.set(offsetBy(start.get, (length - (length % height)) * FLOAT_BYTES)),
        tile(dense(length % height), { x: from, y, kernel: sums }),
        advance(length % height),
      ]);
    return [sums.set(kernel.get), walkStretches(fn, stretches, x, stretch)];
  });
}

function walkStretches(
  fn: KernelFunction,
  [level, ...inner]: readonly DepthLevel[],
  start: Local,
  body: (start: Local) => Code,
): Code {
  if (!level) return body(start);
  return fn.walk(level.count, [{ start: start.get, step: level.stride }], (from) =>
    walkStretches(fn, inner, from, body),
  );
}

/** Some places against the filters of one panel; the depth is the pixels of the band. */
function emitPlaceTile(
  fn: KernelFunction,
  geometry: ConvGeometry,
  { rows, layout }: Band,
  run: PanelRun,
  rowOffsets: readonly number[],
  { x, y, kernel }: Places,
): Code {
  const { output, strides, filters } = geometry;
  const filterBytes = filters * FLOAT_BYTES;
  return emitTile(fn, {
    rowOffsets,
    vectors: run.vectors,
    walk: {
      levels: [
        { count: rows, stride: strides[0] * layout.rowBytes },
        { count: output[1], stride: strides[1] * layout.pixelBytes },
      ],
      rightStride: filterBytes,
    },
    left: x.get,
    right: y.get,
    begin: () => f32x4.const(0, 0, 0, 0),
    end: (place, v, sum) => {
      const offset = place * filterBytes + v * VECTOR_BYTES;
      return [
        sum.set(f32x4.add(sum.get, v128.load(kernel.get, offset))),
        storeLanes(kernel.get, sum.get, lanesOf(run.columns, v), offset),
      ];
    },
  });
}
