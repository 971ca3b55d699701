import { at } from '../util/errors.ts';
import type { Range } from './axis.ts';
import type { Picture } from './png.ts';
import { rangeOf } from './series.ts';

/** Black to white, or blue over white to orange with white in the middle of the range. */
export type Colours = 'grey' | 'diverging';

type Rgb = readonly [red: number, green: number, blue: number];

/** Even steps from the lowest value to the highest. */
const STOPS: Readonly<Record<Colours, readonly Rgb[]>> = {
  grey: [
    [0, 0, 0],
    [255, 255, 255],
  ],
  diverging: [
    [8, 62, 110],
    [62, 140, 196],
    [168, 205, 230],
    [250, 248, 244],
    [246, 196, 150],
    [222, 122, 50],
    [128, 48, 0],
  ],
};

/** The range of values that colours are spread over: for diverging ones symmetric around zero. */
export function colourRange(values: Iterable<number>, colours: Colours): Range {
  const [low, high] = rangeOf(finite(values));
  if (colours === 'grey') return [low, high];
  const reach = Math.max(Math.abs(low), Math.abs(high));
  return [-reach, reach];
}

function* finite(values: Iterable<number>): Generator<number> {
  for (const value of values) if (Number.isFinite(value)) yield value;
}

export interface Painting {
  readonly width: number;
  readonly height: number;
  /** [height, width], row-major, top row first. What is not finite is left transparent. */
  readonly data: ArrayLike<number>;
}

/** Values as colours; beyond the range the end colours. */
export function paint({ width, height, data }: Painting, colours: Colours, [low, high]: Range): Picture {
  const values = Array.from(data);
  const isWhole = values.every(Number.isFinite);
  const channels = !isWhole ? 4 : colours === 'grey' ? 1 : 3;
  const bytes = new Uint8Array(width * height * channels);
  const stops = STOPS[colours];
  values.forEach((value, index) => {
    if (!Number.isFinite(value)) return;
    const share = high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5;
    const colour = colourAt(stops, share);
    bytes.set(channels === 4 ? [...colour, 255] : colour.slice(0, channels), index * channels);
  });
  return { width, height, channels, data: bytes };
}

function colourAt(stops: readonly Rgb[], share: number): number[] {
  const place = share * (stops.length - 1);
  const index = Math.min(Math.floor(place), stops.length - 2);
  const [from, to] = [at(stops, index), at(stops, index + 1)];
  return from.map((channel, i) => Math.round(channel + (place - index) * (at(to, i) - channel)));
}
