import { type Code, f32x4, type Local, v128 } from '../../encoder/index.ts';
import { type KernelFunction, offsetBy, type Walk } from '../kernel-function.ts';
import { FLOAT_BYTES, lanesOf, storeLanes, VECTOR_BYTES } from '../lanes.ts';
import { type PanelPlan, type PanelRun, panelRuns, tileRows } from '../product/panel-plan.ts';
import { emitTile } from '../product/tile.ts';
import { type ConvGeometry, type ImageLayout, imageLayout, patchLevels, pixelRuns } from './geometry.ts';
import { walkImages } from './images.ts';

/** A convolution with its kernel in panels: for each group of filters, panels over [window, channels of the group]. */
export interface ForwardPlan {
  readonly geometry: ConvGeometry;
  readonly plan: PanelPlan;
  readonly hasBias: boolean;
}

/** Images up to this size stay in the second-level cache while all panels pass over them. */
const CACHED_IMAGE_BYTES = 262_144;

/** Pointers: x, panels, y, bias, workspace. Rows are images. */
export function emitForward(fn: KernelFunction, forward: ForwardPlan): Code {
  const { geometry } = forward;
  const layout = imageLayout(geometry);
  return walkImages(fn, geometry, layout, [fn.pointer(0), fn.pointer(2)], (image, result) =>
    emitImage(fn, forward, layout, image, result),
  );
}

/** All groups of one image. */
function emitImage(
  fn: KernelFunction,
  forward: ForwardPlan,
  layout: ImageLayout,
  image: Local,
  result: Local,
): Code {
  const { channels, filters, groups } = forward.geometry;
  const { count, pitch } = forward.plan;
  const filterBytes = (filters / groups) * FLOAT_BYTES;
  const walks = [
    { start: image.get, step: (channels / groups) * FLOAT_BYTES },
    { start: result.get, step: filterBytes },
    { start: fn.pointer(1).get, step: count * pitch * FLOAT_BYTES },
    ...(forward.hasBias ? [{ start: fn.pointer(3).get, step: filterBytes }] : []),
  ];
  return fn.walk(groups, walks, (from, to, panels, bias) =>
    panelRuns(forward.plan).map((run) => emitRun(fn, forward, layout, run, { from, to, panels, bias })),
  );
}

/** What a loop over pixels or panels moves along. */
interface Pointers {
  readonly from: Local;
  readonly to: Local;
  readonly panels: Local;
  readonly bias: Local | undefined;
}

/** All pixels of an image with all panels of one width; what is reused most stands in the inner loop. */
function emitRun(
  fn: KernelFunction,
  forward: ForwardPlan,
  layout: ImageLayout,
  run: PanelRun,
  at: Pointers,
): Code {
  const overRows = (pointers: Pointers, body: (inner: Pointers) => Code) =>
    walkRows(fn, forward, layout, pointers, body);
  const overPanels = (pointers: Pointers, body: (inner: Pointers) => Code) =>
    walkPanels(fn, forward, run, pointers, body);
  const pixels = (pointers: Pointers) => emitPixels(fn, forward, layout, run, pointers);
  return layout.bytes <= CACHED_IMAGE_BYTES
    ? overPanels(at, (panel) => overRows(panel, pixels))
    : overRows(at, (row) => overPanels(row, pixels));
}

function walkPanels(
  fn: KernelFunction,
  { plan }: ForwardPlan,
  run: PanelRun,
  { from, to, panels, bias }: Pointers,
  body: (inner: Pointers) => Code,
): Code {
  const width = plan.vectors * VECTOR_BYTES;
  const skipped = run.first * width;
  const walks = [
    { start: offsetBy(to.get, skipped), step: width },
    { start: offsetBy(panels.get, run.first * plan.pitch * FLOAT_BYTES), step: plan.pitch * FLOAT_BYTES },
    ...(bias ? [{ start: offsetBy(bias.get, skipped), step: width }] : []),
  ];
  return fn.walk(run.count, walks, (inTo, inPanels, inBias) =>
    body({ from, to: inTo, panels: inPanels, bias: inBias }),
  );
}

function walkRows(
  fn: KernelFunction,
  { geometry }: ForwardPlan,
  layout: ImageLayout,
  { from, to, panels, bias }: Pointers,
  body: (inner: Pointers) => Code,
): Code {
  const { output, strides, filters } = geometry;
  const { rows } = pixelRuns(geometry, layout);
  const walks: Walk[] = [
    { start: from.get, step: strides[0] * layout.rowBytes },
    { start: to.get, step: output[1] * filters * FLOAT_BYTES },
  ];
  return fn.walk(rows, walks, (inFrom, inTo) => body({ from: inFrom, to: inTo, panels, bias }));
}

/** One row of output pixels with one panel: full tiles, and one lower tile for the rest. */
function emitPixels(
  fn: KernelFunction,
  forward: ForwardPlan,
  layout: ImageLayout,
  run: PanelRun,
  row: Pointers,
): Code {
  const { geometry } = forward;
  const { strides, filters } = geometry;
  const { pixels } = pixelRuns(geometry, layout);
  const pixelIn = strides[1] * layout.pixelBytes;
  const pixelOut = filters * FLOAT_BYTES;
  const height = tileRows(run.vectors);
  const tile = (tall: number, from: Code, to: Local): Code =>
    emitTile(fn, {
      rowOffsets: Array.from({ length: tall }, (_, pixel) => pixel * pixelIn),
      vectors: run.vectors,
      walk: { levels: patchLevels(geometry, layout), rightStride: run.vectors * VECTOR_BYTES },
      left: from,
      right: row.panels.get,
      begin: (_, v) => (row.bias ? v128.load(row.bias.get, v * VECTOR_BYTES) : f32x4.const(0, 0, 0, 0)),
      end: (pixel, v, sum) =>
        storeLanes(to.get, sum.get, lanesOf(run.columns, v), pixel * pixelOut + v * VECTOR_BYTES),
    });
  const whole = Math.floor(pixels / height);
  const rest = pixels % height;
  const walks = [
    { start: row.from.get, step: height * pixelIn },
    { start: row.to.get, step: height * pixelOut },
  ];
  return [
    fn.walk(whole, walks, (from, to) => tile(height, from.get, to)),
    rest === 0
      ? []
      : fn.with('i32', (to) => [
          to.set(offsetBy(row.to.get, whole * height * pixelOut)),
          tile(rest, offsetBy(row.from.get, whole * height * pixelIn), to),
        ]),
  ];
}
