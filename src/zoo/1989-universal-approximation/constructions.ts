import { relu } from '../../activations/functions.ts';
import { cast } from '../../ops/math/arithmetic.ts';
import { greaterEqual } from '../../ops/math/compare.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { fittedExponent, type HiddenLayer, networkValues, places, supremumDistance } from './networks.ts';

/** What is approximated, on [0, 1]. */
export function target(x: number): number {
  return Math.sin(2 * Math.PI * x);
}

/** Fine enough that a step of the staircase is seen within a ten-thousandth of its end. */
const FINE_GRID = 2 ** 16 + 1;

function step(z: Tensor): Tensor {
  return cast(greaterEqual(z, 0), 'float64');
}

/** n steps of equal width, each as high as the target in its middle: n - 1 units that switch on. */
export function staircase(n: number): HiddenLayer {
  const heights = Array.from({ length: n }, (_, i) => target((i + 0.5) / n));
  return {
    activation: step,
    weights: new Float64Array(n - 1).fill(1),
    biases: Float64Array.from({ length: n - 1 }, (_, i) => -(i + 1) / n),
    outputs: Float64Array.from({ length: n - 1 }, (_, i) => (heights[i + 1] ?? 0) - (heights[i] ?? 0)),
    constant: heights[0] ?? 0,
  };
}

/** Straight lines between the target at n + 1 places: n rectified units, each of which changes the slope. */
export function interpolant(n: number): HiddenLayer {
  const slopes = Array.from({ length: n }, (_, i) => n * (target((i + 1) / n) - target(i / n)));
  return {
    activation: relu,
    weights: new Float64Array(n).fill(1),
    biases: Float64Array.from({ length: n }, (_, i) => -i / n),
    outputs: Float64Array.from(slopes, (slope, i) => slope - (slopes[i - 1] ?? 0)),
    constant: target(0),
  };
}

/** Bounds of the distances: half a step at the steepest slope, and f'' h² / 8. */
export const BOUNDS = {
  staircase: (n: number) => Math.PI / n,
  interpolant: (n: number) => (2 * Math.PI) ** 2 / 8 / n ** 2,
} as const;

export type Construction = keyof typeof BOUNDS;

const BUILDERS = { staircase, interpolant } as const;

/** Distances of networks of several widths, and the power law through them. */
export type Convergence = {
  readonly distances: readonly number[];
  readonly exponent: number;
};

/** The supremum distance from the target for each width. */
export async function measureConvergence(
  kind: Construction,
  widths: readonly number[],
): Promise<Convergence> {
  const x = places(0, 1, FINE_GRID);
  const values = x.map(target);
  const distances: number[] = [];
  for (const width of widths) {
    distances.push(await supremumDistance(networkValues(BUILDERS[kind](width), x), values));
  }
  return { distances, exponent: fittedExponent(widths, distances) };
}
