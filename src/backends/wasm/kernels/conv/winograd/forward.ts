import { type Code, i32, type Local, select } from '../../../encoder/index.ts';
import { type KernelFunction, offsetBy } from '../../kernel-function.ts';
import { FLOAT_BYTES } from '../../lanes.ts';
import { inputImages, outputImages } from '../images.ts';
import { clearImage, copyIntoPadded, padRows } from '../padded-image.ts';
import { PATCH, TILE } from './algebra.ts';
import { emitGather, type Gather } from './gather.ts';
import { vectorBytes } from './plan.ts';
import { emitProducts } from './products.ts';
import { emitSpread } from './spread.ts';
import { layWorkspace, spreadOf, type WinogradPlan, type WinogradWorkspace } from './workspace.ts';

/** Pointers: x, panels, y, bias, workspace. Rows are images, or parts of one. */
export function emitWinograd(fn: KernelFunction, plan: WinogradPlan): Code {
  const { geometry, layout, images } = plan.tiles;
  if (plan.partRows > 0) return emitParts(fn, plan);
  const place = layWorkspace(plan);
  const [x, y] = [fn.pointer(0), fn.pointer(2)];
  return [
    layout.isPadded ? clearImage(fn.workspace.get, layout) : [],
    images > 1
      ? emitImageBlocks(fn, plan, place, [x, y])
      : fn.walk(fn.rows.get, [inputImages(geometry, x), outputImages(geometry, y)], (image, result) =>
          withPadded(fn, plan, image, (padded) => emitBands(fn, plan, place, [padded, result])),
        ),
  ];
}

/** Runs `use` with the image where its tiles can be read: between zeros, or as it is. */
function withPadded(
  fn: KernelFunction,
  { tiles: { geometry, layout } }: WinogradPlan,
  image: Local,
  use: (image: Local) => Code,
): Code {
  if (!layout.isPadded) return use(image);
  return [copyIntoPadded(fn, geometry, layout, [image.get, fn.workspace.get]), use(fn.workspace)];
}

/** Several images at a time, in the end as many as are left. */
function emitImageBlocks(
  fn: KernelFunction,
  plan: WinogradPlan,
  place: WinogradWorkspace,
  [x, y]: readonly [Local, Local],
): Code {
  const { geometry, images, tiles } = plan.tiles;
  const most = i32.const(images);
  const blocks = i32.divU(offsetBy(fn.rows.get, images - 1), most);
  const walks = [inputImages(geometry, x), outputImages(geometry, y)].map(({ start, step }) => ({
    start,
    step: images * step,
  }));
  return fn.withMany('i32', 2, ([left, count]) => {
    if (!left || !count) return [];
    return [
      left.set(fn.rows.get),
      fn.walk(blocks, walks, (from, to) => [
        count.set(select(left.get, most, i32.ltU(left.get, most))),
        emitSpreadImages(fn, plan, place, count.get, from),
        emitProducts(fn, plan, place, i32.mul(count.get, i32.const(tiles[0] * tiles[1]))),
        emitGatherImages(fn, plan, place, count.get, to),
        left.set(i32.sub(left.get, count.get)),
      ]),
    ];
  });
}

function emitSpreadImages(
  fn: KernelFunction,
  plan: WinogradPlan,
  place: WinogradWorkspace,
  count: Code,
  x: Local,
): Code {
  const { geometry, tiles } = plan.tiles;
  const imageTiles = tiles[0] * tiles[1] * vectorBytes(geometry.channels);
  const walks = [
    inputImages(geometry, x),
    { start: offsetBy(fn.workspace.get, place.inputs), step: imageTiles },
  ];
  return fn.walk(count, walks, (image, matrices) =>
    withPadded(fn, plan, image, (padded) =>
      emitSpread(
        fn,
        spreadOf(plan.tiles, tiles[0], place.inputPosition),
        offsetBy(fn.workspace.get, place.scratch),
        [padded, matrices],
      ),
    ),
  );
}

function emitGatherImages(
  fn: KernelFunction,
  plan: WinogradPlan,
  place: WinogradWorkspace,
  count: Code,
  y: Local,
): Code {
  const { geometry, tiles } = plan.tiles;
  const imageTiles = tiles[0] * tiles[1] * vectorBytes(geometry.filters);
  const walks = [
    outputImages(geometry, y),
    { start: offsetBy(fn.workspace.get, place.products), step: imageTiles },
  ];
  return fn.walk(count, walks, (image, products) =>
    emitGatherBand(fn, plan, place, tiles[0], true, [products, image]),
  );
}

/** Some parts of a single image; y points to the first of them, x to the image. */
function emitParts(fn: KernelFunction, plan: WinogradPlan): Code {
  const { geometry, layout } = plan.tiles;
  const pixelRows = plan.partRows * TILE;
  const [x, y] = [fn.pointer(0), fn.pointer(2)];
  const partBytes = pixelRows * geometry.output[1] * geometry.filters * FLOAT_BYTES;
  return fn.withMany('i32', 2, ([first, count]) => {
    if (!first || !count) return [];
    const read = layout.isPadded ? fn.workspace : x;
    const walks = [
      {
        start: i32.add(read.get, i32.mul(first.get, i32.const(layout.rowBytes))),
        step: pixelRows * layout.rowBytes,
      },
      { start: y.get, step: partBytes },
    ];
    return [
      first.set(i32.mul(fn.first.get, i32.const(pixelRows))),
      count.set(offsetBy(i32.mul(fn.rows.get, i32.const(pixelRows)), PATCH - TILE)),
      layout.isPadded ? padRows(fn, geometry, layout, [x, fn.workspace], [first, count]) : [],
      fn.walk(fn.rows.get, walks, (pixels, outputs) =>
        emitBand(fn, plan, layWorkspace(plan), plan.partRows, true, [pixels, outputs]),
      ),
    ];
  });
}

/** The rows of tiles of one image, some at a time. */
function emitBands(
  fn: KernelFunction,
  plan: WinogradPlan,
  place: WinogradWorkspace,
  [image, result]: readonly [Local, Local],
): Code {
  const { geometry, layout, tiles, tileRows: tall } = plan.tiles;
  const rowBytes = {
    x: TILE * layout.rowBytes,
    y: TILE * geometry.output[1] * geometry.filters * FLOAT_BYTES,
  };
  // the last band ends at the last row of pixels, which may cut its tiles
  const bands = Math.ceil(tiles[0] / tall) - 1;
  const rest = tiles[0] - bands * tall;
  const walk = (from: number, count: number, rows: number, isLast: boolean): Code => {
    const walks = [
      { start: offsetBy(image.get, from * rowBytes.x), step: rows * rowBytes.x },
      { start: offsetBy(result.get, from * rowBytes.y), step: rows * rowBytes.y },
    ];
    return fn.walk(count, walks, (pixels, outputs) =>
      emitBand(fn, plan, place, rows, isLast, [pixels, outputs]),
    );
  };
  return [walk(0, bands, tall, false), walk(bands * tall, 1, rest, true)];
}

function emitBand(
  fn: KernelFunction,
  plan: WinogradPlan,
  place: WinogradWorkspace,
  rows: number,
  isLast: boolean,
  [pixels, outputs]: readonly [Local, Local],
): Code {
  const inWorkspace = (offset: number) => offsetBy(fn.workspace.get, offset);
  const spread = spreadOf(plan.tiles, rows, place.inputPosition);
  return fn.withMany('i32', 2, ([inputs, products]) => {
    if (!inputs || !products) return [];
    return [
      inputs.set(inWorkspace(place.inputs)),
      emitSpread(fn, spread, inWorkspace(place.scratch), [pixels, inputs]),
      emitProducts(fn, plan, place, rows * plan.tiles.tiles[1]),
      products.set(inWorkspace(place.products)),
      emitGatherBand(fn, plan, place, rows, isLast, [products, outputs]),
    ];
  });
}

/** Pixels of some rows of tiles; the last row of an image may reach over its border. */
function emitGatherBand(
  fn: KernelFunction,
  { tiles: plan, hasBias }: WinogradPlan,
  place: WinogradWorkspace,
  rows: number,
  isLast: boolean,
  [products, image]: readonly [Local, Local],
): Code {
  const { geometry, tiles } = plan;
  const { filters, output } = geometry;
  const over = output[0] % TILE;
  const whole = isLast && over > 0 ? rows - 1 : rows;
  const bias = hasBias ? fn.pointer(3) : undefined;
  const gather = { filters, width: output[1], tiles: tiles[1], positionBytes: place.productPosition, bias };
  const scratch = offsetBy(fn.workspace.get, place.scratch);
  const emit = (count: number, height: number, [from, to]: readonly [Local, Local]) =>
    emitGather(fn, { ...gather, tileRows: count } satisfies Gather, height, scratch, [from, to]);
  const last = [
    { start: offsetBy(products.get, whole * tiles[1] * vectorBytes(filters)), step: 1 },
    { start: offsetBy(image.get, whole * TILE * output[1] * filters * FLOAT_BYTES), step: 1 },
  ];
  return [
    emit(whole, TILE, [products, image]),
    whole === rows ? [] : fn.walk(1, last, (from, to) => emit(1, over, [from, to])),
  ];
}
