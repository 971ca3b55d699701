import { relu } from '../../activations/functions.ts';
import { tensor } from '../../ops/create.ts';
import { mul, sub } from '../../ops/math/arithmetic.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** The tent map on [0, 1] as two rectified units: up to 1 in the middle, and down again. */
function tent(x: Tensor): Tensor {
  return sub(mul(relu(x), 2), mul(relu(sub(x, 0.5)), 4));
}

/** The tent map `depth` times: as many layers of two units. float64 [places] */
export function sawtooth(x: Float64Array, depth: number): Tensor {
  let y = tensor(x);
  for (let layer = 0; layer < depth; layer++) y = tent(y);
  return y;
}

/** The places i / 2^depth, and the class of each: i mod 2. */
export function alternatingPoints(depth: number): {
  readonly x: Float64Array;
  readonly labels: Float64Array;
} {
  const count = 2 ** depth;
  return {
    x: Float64Array.from({ length: count }, (_, i) => i / count),
    labels: Float64Array.from({ length: count }, (_, i) => i % 2),
  };
}

/** The share of values on the wrong side of one half. */
export function errorRate(values: ArrayLike<number>, labels: Float64Array): number {
  const wrong = labels.reduce(
    (count, label, i) => count + Number((values[i] ?? 0) >= 0.5 !== (label === 1)),
    0,
  );
  return wrong / labels.length;
}

/** Straight pieces of a curve through points at equal distances, whose corners are among the points. */
export function countPieces(values: ArrayLike<number>): number {
  let pieces = 0;
  let slope = Number.NaN;
  for (let i = 1; i < values.length; i++) {
    const next = (values[i] ?? 0) - (values[i - 1] ?? 0);
    if (next !== slope) pieces++;
    slope = next;
  }
  return pieces;
}

/**
 * The least share of alternating points that one hidden layer of rectified units gets wrong: it has a piece more than it
 * has units, and each crosses one half once (Telgarsky 2015, lemma 2.1).
 */
export function shallowBound(units: number, depth: number): number {
  return 1 / 2 - (units + 2) / 2 ** (depth + 1);
}

/** What the tent map does with its alternating points. */
export type TentResult = {
  readonly pieces: number;
  readonly error: number;
};

/** Counts the pieces of the map, and its mistakes, `depth` layers deep. */
export async function measureTent(depth: number): Promise<TentResult> {
  const { x, labels } = alternatingPoints(depth);
  const corners = Float64Array.from([...x, 1]);
  return {
    pieces: countPieces(await sawtooth(corners, depth).data()),
    error: errorRate(await sawtooth(x, depth).data(), labels),
  };
}
