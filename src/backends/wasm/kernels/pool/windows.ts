import { at } from '../../../../util/errors.ts';
import { type Code, type Local, v128 } from '../../encoder/index.ts';
import type { KernelFunction, Walk } from '../kernel-function.ts';
import { offsetBy } from '../kernel-function.ts';
import { FLOAT_BYTES, LANES, VECTOR_BYTES } from '../lanes.ts';
import { type PoolGeometry, type WindowRun, windowRuns } from './geometry.ts';

/** Whether a buffer has an element for every place of the images, or for every window. */
export type PoolSide = 'places' | 'windows';

/** The part of a window that is inside the image. */
export interface Taps {
  readonly rows: number;
  readonly columns: number;
  readonly rowBytes: number;
  readonly pixelBytes: number;
}

/** Some channels of one window. */
export interface WindowSite {
  /** For each buffer, the address of the channels in the window's first place, or in the window's element. */
  readonly pointers: readonly Local[];
  readonly taps: Taps;
  /** Channels, at most a vector of them. */
  readonly lanes: number;
  /** Bytes from the pointers to the channels. */
  readonly offset: number;
}

/** Vectors of channels that are written out before a loop is better. */
const MOST_WRITTEN_OUT = 4;
/** Taps of a window that are written out: their values fit the registers. */
const MOST_TAPS = 9;

/** Visits all windows of the images of the call, with as many channels at a time as a vector holds. */
export function walkWindows(
  fn: KernelFunction,
  geometry: PoolGeometry,
  sides: readonly PoolSide[],
  body: (site: WindowSite) => Code,
): Code {
  const { input, output } = geometry;
  const pixelBytes = geometry.channels * FLOAT_BYTES;
  const images = sides.map((side, i): Walk => {
    const [height, width] = side === 'places' ? input : output;
    return { start: fn.pointer(i).get, step: height * width * pixelBytes };
  });
  return fn.walk(fn.rows.get, images, (...pointers) =>
    windowRuns(geometry, 0).map((vertical) =>
      windowRuns(geometry, 1).map((horizontal) =>
        emitRuns(fn, geometry, sides, pointers, vertical, horizontal, body),
      ),
    ),
  );
}

/** Windows with one and the same part inside the image. */
function emitRuns(
  fn: KernelFunction,
  { input, output, channels, strides }: PoolGeometry,
  sides: readonly PoolSide[],
  images: readonly Local[],
  vertical: WindowRun,
  horizontal: WindowRun,
  body: (site: WindowSite) => Code,
): Code {
  const pixelBytes = channels * FLOAT_BYTES;
  const rowBytes = { places: input[1] * pixelBytes, windows: output[1] * pixelBytes };
  const isEmpty = vertical.extent * horizontal.extent === 0;
  const start = (side: PoolSide): number => {
    if (side === 'windows') return vertical.first * rowBytes.windows + horizontal.first * pixelBytes;
    return isEmpty ? 0 : vertical.start * rowBytes.places + horizontal.start * pixelBytes;
  };
  const walks = (
    from: readonly Local[],
    begin: (side: PoolSide) => number,
    step: (side: PoolSide) => number,
  ) => sides.map((side, i) => ({ start: offsetBy(at(from, i).get, begin(side)), step: step(side) }));
  const rowStep = (side: PoolSide) => (side === 'windows' ? 1 : strides[0]) * rowBytes[side];
  const pixelStep = (side: PoolSide) => (side === 'windows' ? 1 : strides[1]) * pixelBytes;
  const taps: Taps = isEmpty
    ? { rows: 0, columns: 0, rowBytes: 0, pixelBytes }
    : { rows: vertical.extent, columns: horizontal.extent, rowBytes: rowBytes.places, pixelBytes };
  return fn.walk(vertical.count, walks(images, start, rowStep), (...rows) =>
    fn.walk(
      horizontal.count,
      walks(rows, () => 0, pixelStep),
      (...pointers) => emitChannels(fn, channels, { pointers, taps }, body),
    ),
  );
}

function emitChannels(
  fn: KernelFunction,
  channels: number,
  { pointers, taps }: Pick<WindowSite, 'pointers' | 'taps'>,
  body: (site: WindowSite) => Code,
): Code {
  const vectors = Math.floor(channels / LANES);
  const rest = channels % LANES;
  const offset = vectors * VECTOR_BYTES;
  const last = rest === 0 ? [] : body({ pointers, taps, lanes: rest, offset });
  if (vectors <= MOST_WRITTEN_OUT) {
    const whole = Array.from({ length: vectors }, (_, v) =>
      body({ pointers, taps, lanes: LANES, offset: v * VECTOR_BYTES }),
    );
    return [whole, last];
  }
  const walks = pointers.map((pointer) => ({ start: pointer.get, step: VECTOR_BYTES }));
  const loop = fn.walk(vectors, walks, (...inner) =>
    body({ pointers: inner, taps, lanes: LANES, offset: 0 }),
  );
  return [loop, last];
}

/** Byte offsets of the taps of a window, in order. */
export function tapOffsets({ rows, columns, rowBytes, pixelBytes }: Taps): readonly number[] {
  return Array.from({ length: rows * columns }, (_, tap) => {
    const row = Math.floor(tap / columns);
    return row * rowBytes + (tap - row * columns) * pixelBytes;
  });
}

/** Visits the taps of a window in order, `pointers` walking along; many taps in a loop. */
export function walkTaps(
  fn: KernelFunction,
  taps: Taps,
  pointers: readonly Local[],
  body: (pointers: readonly Local[], offset: number) => Code,
): Code {
  if (taps.rows * taps.columns <= MOST_TAPS) return tapOffsets(taps).map((offset) => body(pointers, offset));
  const walks = (from: readonly Local[], step: number) =>
    from.map((pointer) => ({ start: pointer.get, step }));
  return fn.walk(taps.rows, walks(pointers, taps.rowBytes), (...row) =>
    fn.walk(taps.columns, walks(row, taps.pixelBytes), (...place) => body(place, 0)),
  );
}

/** The channels of a site in one of its buffers. */
export function loadSite({ pointers, offset }: WindowSite, buffer: number): Code {
  return v128.load(at(pointers, buffer).get, offset);
}
