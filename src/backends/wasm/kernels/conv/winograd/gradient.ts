import { type Code, i32, type Local, memory, v128 } from '../../../encoder/index.ts';
import { type KernelFunction, offsetBy } from '../../kernel-function.ts';
import { FLOAT_BYTES, VECTOR_BYTES } from '../../lanes.ts';
import { type PanelRun, panelRuns, tileRows } from '../../product/panel-plan.ts';
import { emitTile } from '../../product/tile.ts';
import type { ConvGeometry } from '../geometry.ts';
import { inputImages, outputImages } from '../images.ts';
import { clearImage, copyIntoPadded } from '../padded-image.ts';
import { TILE } from './algebra.ts';
import {
  type GradientWorkspace,
  layGradient,
  type Side,
  spreadOf,
  type WinogradGradientPlan,
} from './gradient-workspace.ts';
import { POSITIONS, vectorBytes } from './plan.ts';
import { emitSpread } from './spread.ts';
import { emitTapGather } from './taps.ts';

/** Pointers: x, cotangent of y, cotangent of the kernel, workspace. Rows are images. */
export function emitWinogradGradient(fn: KernelFunction, plan: WinogradGradientPlan): Code {
  const { geometry, images } = plan.tiles;
  const place = layGradient(plan);
  const [x, y, kernel] = [fn.pointer(0), fn.pointer(1), fn.pointer(2)];
  const sums = offsetBy(fn.workspace.get, place.sums);
  const clear = [place.x, place.y].map(({ layout, padded }) =>
    layout.isPadded ? clearImage(offsetBy(fn.workspace.get, padded), layout) : [],
  );
  const { channels, filters } = geometry;
  const gather = { channels, filters, positionBytes: place.sumBytes };
  return [
    clear,
    memory.fill(sums, i32.const(0), i32.const(POSITIONS * place.sumBytes)),
    images > 1 ? emitImageBlocks(fn, plan, place, [x, y]) : emitImages(fn, plan, place, fn.rows.get, [x, y]),
    fn.walk(1, [{ start: sums, step: 1 }], (start) => emitTapGather(fn, gather, [start, kernel])),
  ];
}

/** Several images at a time, then the rest one by one. */
function emitImageBlocks(
  fn: KernelFunction,
  plan: WinogradGradientPlan,
  place: GradientWorkspace,
  [x, y]: readonly [Local, Local],
): Code {
  const { geometry, images, tiles } = plan.tiles;
  const one = [inputImages(geometry, x), outputImages(geometry, y)];
  const several = one.map(({ start, step }) => ({ start, step: images * step }));
  const blocks = i32.divU(fn.rows.get, i32.const(images));
  return fn.withMany('i32', 2, ([restX, restY]) => {
    if (!restX || !restY) return [];
    return [
      restX.set(x.get),
      restY.set(y.get),
      fn.walk(blocks, several, (blockX, blockY) => [
        [place.x, place.y].map((side, i) =>
          emitSpreadImages(fn, plan, place, side, images, i === 0 ? blockX : blockY),
        ),
        emitSums(fn, plan, place, images * tiles[0] * tiles[1]),
        several.map(({ step }, i) =>
          (i === 0 ? restX : restY).set(offsetBy((i === 0 ? blockX : blockY).get, step)),
        ),
      ]),
      emitImages(fn, plan, place, i32.remU(fn.rows.get, i32.const(images)), [restX, restY]),
    ];
  });
}

function emitSpreadImages(
  fn: KernelFunction,
  plan: WinogradGradientPlan,
  place: GradientWorkspace,
  side: Side,
  count: number,
  from: Local,
): Code {
  const { tiles } = plan.tiles;
  const walks = [
    inputImages(side.geometry, from),
    {
      start: offsetBy(fn.workspace.get, side.matrices),
      step: tiles[0] * tiles[1] * vectorBytes(side.geometry.channels),
    },
  ];
  return fn.walk(count, walks, (image, matrices) =>
    withPadded(fn, side, image, (padded) =>
      emitSpread(fn, spreadOf(plan.tiles, side, tiles[0]), offsetBy(fn.workspace.get, place.scratch), [
        padded,
        matrices,
      ]),
    ),
  );
}

/** Runs `use` with an image where its tiles can be read: between zeros, or as it is. */
function withPadded(
  fn: KernelFunction,
  { geometry, layout, padded }: Side,
  image: Local,
  use: (image: Local) => Code,
): Code {
  if (!layout.isPadded) return use(image);
  return fn.walk(1, [{ start: offsetBy(fn.workspace.get, padded), step: 1 }], (copy) => [
    copyIntoPadded(fn, geometry, layout, [image.get, copy.get]),
    use(copy),
  ]);
}

/** One image after the other, some rows of tiles at a time. */
function emitImages(
  fn: KernelFunction,
  plan: WinogradGradientPlan,
  place: GradientWorkspace,
  count: Code,
  [x, y]: readonly [Local, Local],
): Code {
  const { geometry, tiles, tileRows: tall } = plan.tiles;
  const bands = Math.floor(tiles[0] / tall);
  const rest = tiles[0] % tall;
  const walks = [inputImages(geometry, x), outputImages(geometry, y)];
  return fn.walk(count, walks, (imageX, imageY) =>
    withPadded(fn, place.x, imageX, (paddedX) =>
      withPadded(fn, place.y, imageY, (paddedY) => {
        const walk = (from: number, many: number, rows: number) => {
          const along = [place.x, place.y].map(({ layout }, i) => {
            const start = (i === 0 ? paddedX : paddedY).get;
            const rowBytes = TILE * layout.rowBytes;
            return { start: offsetBy(start, from * rowBytes), step: rows * rowBytes };
          });
          return fn.walk(many, along, (bandX, bandY) => emitBand(fn, plan, place, rows, [bandX, bandY]));
        };
        return [walk(0, bands, tall), rest === 0 ? [] : walk(bands * tall, 1, rest)];
      }),
    ),
  );
}

function emitBand(
  fn: KernelFunction,
  plan: WinogradGradientPlan,
  place: GradientWorkspace,
  rows: number,
  [x, y]: readonly [Local, Local],
): Code {
  const spread = (side: Side, image: Local) =>
    fn.walk(1, [{ start: offsetBy(fn.workspace.get, side.matrices), step: 1 }], (matrices) =>
      emitSpread(fn, spreadOf(plan.tiles, side, rows), offsetBy(fn.workspace.get, place.scratch), [
        image,
        matrices,
      ]),
    );
  return [spread(place.x, x), spread(place.y, y), emitSums(fn, plan, place, rows * plan.tiles.tiles[1])];
}

/** Adds the products of so many tiles to the sums of each position. */
function emitSums(
  fn: KernelFunction,
  { tiles, panels }: WinogradGradientPlan,
  place: GradientWorkspace,
  depth: number,
): Code {
  const inWorkspace = (offset: number) => offsetBy(fn.workspace.get, offset);
  const walks = [
    { start: inWorkspace(place.x.matrices), step: place.x.positionBytes },
    { start: inWorkspace(place.y.matrices), step: place.y.positionBytes },
    { start: inWorkspace(place.sums), step: place.sumBytes },
  ];
  return fn.walk(POSITIONS, walks, (left, right, sums) =>
    panelRuns(panels).map((run) => {
      const width = panels.vectors * VECTOR_BYTES;
      const overPanels = [right, sums].map(({ get }) => ({
        start: offsetBy(get, run.first * width),
        step: width,
      }));
      return fn.walk(run.count, overPanels, (columns, totals) =>
        emitChannels(fn, tiles.geometry, run, depth, { left, columns, totals }),
      );
    }),
  );
}

/** All channels against the filters of one panel. */
function emitChannels(
  fn: KernelFunction,
  { channels, filters }: ConvGeometry,
  run: PanelRun,
  depth: number,
  { left, columns, totals }: { readonly left: Local; readonly columns: Local; readonly totals: Local },
): Code {
  const height = tileRows(run.vectors);
  const rowBytes = vectorBytes(filters);
  const tile = (tall: number) => (from: Local, to: Local) =>
    emitTile(fn, {
      rowOffsets: Array.from({ length: tall }, (_, row) => row * FLOAT_BYTES),
      vectors: run.vectors,
      walk: { levels: [{ count: depth, stride: vectorBytes(channels) }], rightStride: rowBytes },
      left: from.get,
      right: columns.get,
      begin: (row, v) => v128.load(to.get, row * rowBytes + v * VECTOR_BYTES),
      end: (row, v, sum) => v128.store(to.get, sum.get, row * rowBytes + v * VECTOR_BYTES),
    });
  const whole = Math.floor(channels / height);
  const rest = channels % height;
  const walk = (first: number) => [
    { start: offsetBy(left.get, first * height * FLOAT_BYTES), step: height * FLOAT_BYTES },
    { start: offsetBy(totals.get, first * height * rowBytes), step: height * rowBytes },
  ];
  return [fn.walk(whole, walk(0), tile(height)), rest === 0 ? [] : fn.walk(1, walk(whole), tile(rest))];
}
