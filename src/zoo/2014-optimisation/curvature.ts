import { tensor } from '../../ops/create.ts';
import { sgd } from '../../optimizers/index.ts';
import { minimize } from '../../optimizers/minimize/minimize.ts';
import type { Progress } from '../study.ts';
import { beale, type Landscape, rosenbrock, valley } from './landscapes.ts';
import { race } from './race.ts';

/** What L-BFGS needed on a landscape. */
export type CurvatureWay = {
  readonly iterations: number;
  readonly evaluations: number;
  /** Places after each iteration from the start on: x and y in turn. */
  readonly places: Float64Array;
  readonly heights: Float64Array;
};

/** Counts of SciPy 1.17's L-BFGS-B with tol = 1e-12 and the exact gradient. */
export const SCIPY_COUNTS = [
  { landscape: rosenbrock, iterations: 38, evaluations: 46 },
  { landscape: beale, iterations: 16, evaluations: 17 },
] as const;

const TOLERANCE = 1e-12;

export async function descendByCurvature({ height, start }: Landscape): Promise<CurvatureWay> {
  const places: number[] = [];
  const heights: number[] = [];
  const { iterations, evaluations } = await minimize(height, tensor(Float64Array.from(start)), {
    gradientTolerance: TOLERANCE,
    valueTolerance: TOLERANCE,
    async onIteration({ parameters, value }) {
      places.push(...(await parameters.data()));
      heights.push(value);
    },
  });
  return { iterations, evaluations, places: Float64Array.from(places), heights: Float64Array.from(heights) };
}

/** By which factor a step shrinks the distance from the minimum of a valley, at the best rates. */
export type ContractionResult = { readonly gradientDescent: number; readonly heavyBall: number };

const CONDITION = 100;
const STEPS = 1500;

/** (κ - 1) / (κ + 1) and (√κ - 1) / (√κ + 1). Polyak 1964. */
export const KNOWN_CONTRACTIONS: ContractionResult = { gradientDescent: 99 / 101, heavyBall: 9 / 11 };

/** Measures the last of many steps, when only the slowest part of the distance is left. */
export async function measureContractions(progress: Progress): Promise<ContractionResult> {
  const landscape = valley(CONDITION);
  const root = Math.sqrt(CONDITION);
  const heavyBall = { learningRate: 4 / (root + 1) ** 2, momentum: ((root - 1) / (root + 1)) ** 2 };
  const factor = async (options: { learningRate: number; momentum?: number }) => {
    const runner = { landscape, optimizer: () => sgd(options) };
    const [way] = await race([runner], { limit: STEPS, goal: 0 }, progress);
    const [x = 0, y = 0, nextX = 0, nextY = 0] = way?.places.subarray(-4) ?? [];
    return Math.hypot(nextX, nextY) / Math.hypot(x, y);
  };
  return {
    gradientDescent: await factor({ learningRate: 2 / (CONDITION + 1) }),
    heavyBall: await factor(heavyBall),
  };
}
