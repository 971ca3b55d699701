import type { DType } from '../../../util/dtypes.ts';
import type { Shape } from '../../../util/shapes.ts';

/** A number with three digits that count and thousands set off: 0.0123, 4.57, 12,300. */
export function figure(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return rounded.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}

/** `12.3 k`, `4.57 M`: a count with the prefix that leaves at most three digits before the point. */
export function scaled(value: number, unit: string): string {
  const prefix = [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const;
  const [scale, letter] = prefix.find(([least]) => value >= least) ?? [1, ''];
  return `${figure(value / scale)} ${letter}${unit}`;
}

/** Seconds in the unit that fits. */
export function duration(seconds: number): string {
  if (seconds >= 1) return `${figure(seconds)} s`;
  if (seconds >= 1e-3) return `${figure(1e3 * seconds)} ms`;
  return seconds >= 1e-6 ? `${figure(1e6 * seconds)} µs` : `${figure(1e9 * seconds)} ns`;
}

export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}

/** float32[128, 10]. */
export function typed({ dtype, shape }: { readonly dtype: DType; readonly shape: Shape }): string {
  return `${dtype}[${shape.join(', ')}]`;
}

/** `1 kernel`, `2 kernels`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}
