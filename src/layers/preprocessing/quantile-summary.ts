import { at } from '../../util/errors.ts';

/** Values in order, each with the number of values that it stands for: what is kept of data that is too much. */
export interface QuantileSummary {
  readonly values: readonly number[];
  readonly weights: readonly number[];
}

/** A summary of nothing. */
export const EMPTY_SUMMARY: QuantileSummary = { values: [], weights: [] };

/** Every so many of the values, about 1 / epsilon of them. As Keras 3, in its float32. */
export function summarize(values: ArrayLike<number>, epsilon: number): QuantileSummary {
  const sorted = Float32Array.from(values).sort();
  const step = Math.max(sorted.length / (1 / epsilon), 1);
  const kept = [];
  for (let i = Math.trunc(step - 1); i < sorted.length; i += Math.trunc(step)) kept.push(at(sorted, i));
  return { values: kept, weights: kept.map(() => Math.fround(step)) };
}

/** Both together, compressed to about 1 / epsilon values. */
export function mergeSummaries(a: QuantileSummary, b: QuantileSummary, epsilon: number): QuantileSummary {
  const values = [...a.values, ...b.values];
  const weights = [...a.weights, ...b.weights];
  const order = values.map((_, i) => i).sort((i, j) => at(values, i) - at(values, j));
  const merged = { values: order.map((i) => at(values, i)), weights: order.map((i) => at(weights, i)) };
  return compress(merged, epsilon);
}

/** The borders of bins that hold about equally many values. */
export function binBoundariesOf(summary: QuantileSummary, numBins: number): number[] {
  return compress(summary, 1 / numBins).values.slice(0, -1);
}

function compress(summary: QuantileSummary, epsilon: number): QuantileSummary {
  if (summary.values.length * epsilon < 1) return summary;
  const parts = Array.from({ length: Math.ceil(1 / epsilon) }, (_, i) => epsilon + i * epsilon);
  let total = 0;
  const running = summary.weights.map((weight) => {
    total = Math.fround(total + weight);
    return total;
  });
  const shares = running.map((weight) => Math.fround(weight / total));
  const values = parts.map((part) => Math.fround(interpolate(part, shares, summary.values)));
  const ends = parts.map((part) => interpolate(part, shares, running));
  const weights = ends.map((end, i) => Math.fround(end - (ends[i - 1] ?? 0)));
  return { values, weights };
}

/** y at x on the line through points in order of x, level beyond its ends. */
function interpolate(x: number, xs: readonly number[], ys: readonly number[]): number {
  const next = xs.findIndex((place) => place > x);
  if (next < 0) return at(ys, ys.length - 1);
  if (next === 0) return at(ys, 0);
  const [x0, x1, y0, y1] = [at(xs, next - 1), at(xs, next), at(ys, next - 1), at(ys, next)];
  return ((y1 - y0) / (x1 - x0)) * (x - x0) + y0;
}
