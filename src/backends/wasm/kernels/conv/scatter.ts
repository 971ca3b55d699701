import { type Code, f32x4, type Local, v128 } from '../../encoder/index.ts';
import { type KernelFunction, offsetBy } from '../kernel-function.ts';
import { FLOAT_BYTES, lanesOf, storeLanes, VECTOR_BYTES } from '../lanes.ts';
import { type DepthLevel, placesIn } from '../product/depth.ts';
import { type PanelPlan, type PanelRun, panelRuns, tileRows } from '../product/panel-plan.ts';
import { emitTile } from '../product/tile.ts';
import { type ConvGeometry, type ImageLayout, imageLayout } from './geometry.ts';
import { inputImages, outputImages } from './images.ts';
import { clearImage, copyFromPadded } from './padded-image.ts';
import { denseStretches } from './patch-cover.ts';

/**
 * The cotangent of x as patches that are added where they overlap. Panels: for each group and dense stretch of a
 * patch, columns are places of the stretch and the depth is filters.
 */
export interface ScatterPlan {
  readonly geometry: ConvGeometry;
  readonly plan: PanelPlan;
}

/** Addresses of a part of the work: cotangents of inputs and of outputs, panels. */
interface Places {
  readonly x: Local;
  readonly y: Local;
  readonly panels: Local;
}

/** Pointers: cotangent of y, panels, cotangent of x, workspace. Rows are images. */
export function emitScatter(fn: KernelFunction, scatter: ScatterPlan): Code {
  const { geometry } = scatter;
  const layout = imageLayout(geometry);
  const panels = fn.pointer(1);
  const walks = [inputImages(geometry, fn.pointer(2)), outputImages(geometry, fn.pointer(0))];
  return fn.walk(fn.rows.get, walks, (x, y) => {
    const target = layout.isPadded ? fn.workspace : x;
    return [
      clearImage(target.get, layout),
      emitGroups(fn, scatter, layout, { x: target, y, panels }),
      layout.isPadded ? copyFromPadded(fn, geometry, layout, [x.get, target.get]) : [],
    ];
  });
}

function emitGroups(
  fn: KernelFunction,
  scatter: ScatterPlan,
  layout: ImageLayout,
  { x, y, panels }: Places,
): Code {
  const { channels, filters, groups } = scatter.geometry;
  const { stretches } = denseStretches(scatter.geometry, layout);
  const walks = [
    { start: x.get, step: (channels / groups) * FLOAT_BYTES },
    { start: y.get, step: (filters / groups) * FLOAT_BYTES },
    { start: panels.get, step: placesIn(stretches) * stretchBytes(scatter) },
  ];
  return fn.walk(groups, walks, (groupX, groupY, groupPanels) =>
    emitRowTiles(fn, scatter, layout, { x: groupX, y: groupY, panels: groupPanels }),
  );
}

/** Panels of one stretch. */
function stretchBytes({ plan }: ScatterPlan): number {
  return plan.count * plan.pitch * FLOAT_BYTES;
}

/**
 * A tile takes pixels below each other, whose patches do not overlap in the same row of the window: then no sum is read
 * back while it is still on its way to memory.
 */
function emitRowTiles(
  fn: KernelFunction,
  scatter: ScatterPlan,
  layout: ImageLayout,
  { x, y, panels }: Places,
): Code {
  const { output, strides, filters } = scatter.geometry;
  const height = tileRows(scatter.plan.vectors);
  const rowBytes = { x: strides[0] * layout.rowBytes, y: output[1] * filters * FLOAT_BYTES };
  const walk = (from: number, count: number, tall: number): Code => {
    const walks = [
      { start: offsetBy(x.get, from * rowBytes.x), step: tall * rowBytes.x },
      { start: offsetBy(y.get, from * rowBytes.y), step: tall * rowBytes.y },
    ];
    const { stretches } = denseStretches(scatter.geometry, layout);
    return fn.walk(count, walks, (tileX, tileY) =>
      walkStretches(fn, scatter, stretches, { x: tileX, y: tileY, panels }, (places) =>
        emitPixels(fn, scatter, layout, tall, places),
      ),
    );
  };
  const whole = Math.floor(output[0] / height);
  const rest = output[0] % height;
  return [walk(0, whole, height), rest === 0 ? [] : walk(whole * height, 1, rest)];
}

function walkStretches(
  fn: KernelFunction,
  scatter: ScatterPlan,
  [level, ...inner]: readonly DepthLevel[],
  { x, y, panels }: Places,
  body: (places: Places) => Code,
): Code {
  if (!level) return body({ x, y, panels });
  const walks = [
    { start: x.get, step: level.stride },
    { start: panels.get, step: placesIn(inner) * stretchBytes(scatter) },
  ];
  return fn.walk(level.count, walks, (levelX, levelPanels) =>
    walkStretches(fn, scatter, inner, { x: levelX, y, panels: levelPanels }, body),
  );
}

/** Along the rows of a tile, all panels at each pixel. */
function emitPixels(
  fn: KernelFunction,
  scatter: ScatterPlan,
  layout: ImageLayout,
  tall: number,
  { x, y, panels }: Places,
): Code {
  const { geometry, plan } = scatter;
  const width = plan.vectors * VECTOR_BYTES;
  const overPixels = [
    { start: x.get, step: geometry.strides[1] * layout.pixelBytes },
    { start: y.get, step: geometry.filters * FLOAT_BYTES },
  ];
  return fn.walk(geometry.output[1], overPixels, (pixelX, pixelY) =>
    panelRuns(plan).map((run) => {
      const overPanels = [
        { start: offsetBy(pixelX.get, run.first * width), step: width },
        { start: offsetBy(panels.get, run.first * plan.pitch * FLOAT_BYTES), step: plan.pitch * FLOAT_BYTES },
      ];
      return fn.walk(run.count, overPanels, (columnX, panel) =>
        emitPixelTile(fn, geometry, layout, run, tall, { x: columnX, y: pixelY, panels: panel }),
      );
    }),
  );
}

function emitPixelTile(
  fn: KernelFunction,
  { output, filters, groups, strides }: ConvGeometry,
  layout: ImageLayout,
  run: PanelRun,
  tall: number,
  { x, y, panels }: Places,
): Code {
  return emitTile(fn, {
    rowOffsets: Array.from({ length: tall }, (_, row) => row * output[1] * filters * FLOAT_BYTES),
    vectors: run.vectors,
    walk: {
      levels: [{ count: filters / groups, stride: FLOAT_BYTES }],
      rightStride: run.vectors * VECTOR_BYTES,
    },
    left: y.get,
    right: panels.get,
    begin: () => f32x4.const(0, 0, 0, 0),
    end: (row, v, sum) => {
      const offset = row * strides[0] * layout.rowBytes + v * VECTOR_BYTES;
      return [
        sum.set(f32x4.add(sum.get, v128.load(x.get, offset))),
        storeLanes(x.get, sum.get, lanesOf(run.columns, v), offset),
      ];
    },
  });
}
