import { at } from '../util/errors.ts';

/** A mapping of values to pixels, and the values to write beside it. */
export interface Axis {
  readonly ticks: readonly number[];
  toPixel(value: number): number;
}

/** Pixel of the smallest value, and of the largest. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The smallest and the largest value. */
export type Range = readonly [low: number, high: number];

type Scale = 'linear' | 'log';

const MOST_LOG_TICKS = 8;

/** An axis that ends at ticks of 1, 2 or 5 times a power of ten around the range. */
export function roundedAxis(scale: Scale, range: Range, span: Span): Axis {
  const ticks = ticksAround(scale, range);
  return { ticks: scale === 'log' ? fewer(ticks) : ticks, toPixel: mapping(scale, ends(ticks), span) };
}

/** An axis that ends where the range ends; only ticks within are written. */
export function exactAxis(scale: Scale, range: Range, span: Span, ticks?: readonly number[]): Axis {
  const [low, high] = range[0] < range[1] ? range : ends(ticksAround(scale, range));
  const slack = 1e-9 * (high - low);
  const around = ticksAround(scale, [low, high]);
  const chosen = ticks ?? (scale === 'log' ? fewer(around) : around);
  return {
    ticks: chosen.filter((tick) => tick >= low - slack && tick <= high + slack),
    toPixel: mapping(scale, [low, high], span),
  };
}

function mapping(scale: Scale, [low, high]: Range, { from, to }: Span): (value: number) => number {
  if (scale === 'linear') return (value) => from + ((value - low) / (high - low)) * (to - from);
  const start = Math.log(low);
  const length = Math.log(high) - start;
  return (value) => from + ((Math.log(value) - start) / length) * (to - from);
}

function ticksAround(scale: Scale, range: Range): number[] {
  return scale === 'log' ? logTicks(range) : linearTicks(range);
}

function ends(ticks: readonly number[]): Range {
  return [at(ticks, 0), at(ticks, -1)];
}

function linearTicks([low, high]: Range): number[] {
  const step = niceStep((high - low || Math.abs(high) || 1) / 5);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const digit = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10;
  return digit * power;
}

/** 1, 2 and 5 times powers of ten from the last below the range to the first above it. */
function logTicks([low, high]: Range): number[] {
  const candidates: number[] = [];
  for (let power = Math.floor(Math.log10(low)) - 1; power <= Math.ceil(Math.log10(high)) + 1; power++) {
    for (const digit of [1, 2, 5]) candidates.push(Number(`${digit}e${power}`));
  }
  const below = candidates.filter((tick) => tick <= low).length - 1;
  const above = candidates.findIndex((tick) => tick >= high);
  return candidates.slice(below, Math.max(above, below + 1) + 1);
}

/** Leaves powers of ten alone, or each second of them and so on, where there would be too many. */
function fewer(ticks: number[]): number[] {
  if (ticks.length <= MOST_LOG_TICKS) return ticks;
  const decades = ticks.filter((tick) => Number.isInteger(log10(tick)));
  const every = Math.ceil(decades.length / MOST_LOG_TICKS);
  return decades.filter((tick) => log10(tick) % every === 0);
}

/** Ticks have one digit, whose logarithm is exact to within rounding. */
function log10(tick: number): number {
  return Number(Math.log10(tick).toFixed(9));
}
