import { relu } from '../../activations/functions.ts';
import { tanh } from '../../ops/math/math.ts';
import type { Progress } from '../study.ts';
import { target } from './constructions.ts';
import { places } from './networks.ts';
import { alternatingPoints, errorRate } from './tent.ts';
import { train } from './training.ts';

export interface LearnedSettings {
  /** Hidden units, smallest first. */
  readonly widths: readonly number[];
  readonly networks: number;
  readonly steps: number;
}

/** What networks of one width learned of the target. */
export type LearnedWidth = {
  /** The supremum distance of each network, smallest first. */
  readonly distances: readonly number[];
  /** The last network that was drawn, at `CURVE_PLACES`. */
  readonly curve: Float32Array;
};

/** The distance is taken at 2001 places, nearly all of which no network has seen. */
const MEASURED_PLACES = Float32Array.from(places(0, 1, 2001));
export const CURVE_PLACES = Float32Array.from(places(0, 1, 201));

const TRAINING_POINTS = 257;
/** Chosen for 8 and for 64 units, with networks of other seeds. */
const LEARNING_RATE = 0.06;
const STEEPNESS = 3;

/** Denser at the ends, where networks stray farthest between points (Chebyshev's nodes). */
const NODES = Float32Array.from(
  { length: TRAINING_POINTS },
  (_, i) => (1 - Math.cos((Math.PI * (i + 0.5)) / TRAINING_POINTS)) / 2,
);

/** Networks of tanh units learn the target. */
export async function learnTarget(
  seed: number,
  units: number,
  { networks, steps }: LearnedSettings,
  progress: Progress,
): Promise<LearnedWidth> {
  const options = { learningRate: LEARNING_RATE, steepness: STEEPNESS, x: NODES, y: NODES.map(target) };
  const learned = await train({ activation: tanh, units, networks, seed, steps, ...options }, progress);
  const values = await learned(MEASURED_PLACES);
  const count = MEASURED_PLACES.length;
  const distances = Array.from({ length: networks }, (_, network) =>
    distanceFromTarget(values.subarray(network * count, (network + 1) * count)),
  );
  const curve = (await learned(CURVE_PLACES)).slice(-CURVE_PLACES.length);
  return { distances: distances.sort((a, b) => a - b), curve };
}

function distanceFromTarget(values: Float32Array): number {
  return MEASURED_PLACES.reduce((most, x, i) => Math.max(most, Math.abs((values[i] ?? 0) - target(x))), 0);
}

/** What shallow networks learned of points whose class alternates. */
export type ShallowResult = {
  /** The share of points that each network gets wrong, smallest first. */
  readonly errors: readonly number[];
};

/** Networks of one hidden layer of rectified units learn alternating classes, by squared error. */
export async function learnAlternation(
  seed: number,
  { units, depth, networks, steps }: { units: number; depth: number; networks: number; steps: number },
  progress: Progress,
): Promise<ShallowResult> {
  const { x, labels } = alternatingPoints(depth);
  const data = { x: Float32Array.from(x), y: Float32Array.from(labels) };
  const options = { learningRate: LEARNING_RATE, steepness: 2 ** (depth / 2), ...data };
  const learned = await train({ activation: relu, units, networks, seed, steps, ...options }, progress);
  const values = await learned(data.x);
  const errors = Array.from({ length: networks }, (_, network) =>
    errorRate(values.subarray(network * x.length, (network + 1) * x.length), labels),
  );
  return { errors: errors.sort((a, b) => a - b) };
}
