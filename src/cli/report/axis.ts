import { at } from '../../util/errors.ts';

/** A mapping of values to pixels, and the values to write beside it. */
export interface Axis {
  readonly ticks: readonly number[];
  toPixel(value: number): number;
}

interface Span {
  /** Pixel of the smallest value, and of the largest. */
  readonly from: number;
  readonly to: number;
}

/** A linear axis over the values, ends rounded outwards to ticks of 1, 2 or 5 times a power of ten. */
export function linearAxis(values: readonly number[], { from, to }: Span): Axis {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const step = niceStep((high - low || Math.abs(high) || 1) / 4);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
  const span = at(ticks, -1) - at(ticks, 0);
  return { ticks, toPixel: (value) => from + ((value - at(ticks, 0)) / span) * (to - from) };
}

/** A logarithmic axis over positive values, with ticks at 1, 2 and 5 times powers of ten. */
export function logAxis(values: readonly number[], { from, to }: Span): Axis {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const candidates: number[] = [];
  for (let power = Math.floor(Math.log10(low)) - 1; power <= Math.ceil(Math.log10(high)) + 1; power++) {
    for (const digit of [1, 2, 5]) candidates.push(Number(`${digit}e${power}`));
  }
  const below = candidates.filter((tick) => tick <= low).length - 1;
  const above = candidates.findIndex((tick) => tick >= high);
  const ticks = candidates.slice(below, Math.max(above, below + 1) + 1);
  const start = Math.log(at(ticks, 0));
  const span = Math.log(at(ticks, -1)) - start;
  return { ticks, toPixel: (value) => from + ((Math.log(value) - start) / span) * (to - from) };
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const digit = [1, 2, 5, 10].find((candidate) => candidate * power >= rough * (1 - 1e-9)) ?? 10;
  return digit * power;
}
