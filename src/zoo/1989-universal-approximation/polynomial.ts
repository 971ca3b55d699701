import { relu } from '../../activations/functions.ts';
import { ones, tensor } from '../../ops/create.ts';
import { matmul } from '../../ops/linalg/linalg.ts';
import { lstsq } from '../../ops/linalg/matrix-functions.ts';
import { abs, add, div, mul, square, sub } from '../../ops/math/arithmetic.ts';
import { sqrt } from '../../ops/math/math.ts';
import { max, sum } from '../../ops/reduce/reduce.ts';
import { concat, reshape } from '../../ops/shape/shape.ts';
import { NumberStream } from '../../random/number-stream.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Progress } from '../study.ts';
import { type HiddenLayer, hiddenValues, networkValues, places, supremumDistance } from './networks.ts';

/** How near networks come to |x| on [-1, 1]. */
export type PolynomialResult = {
  /** Units x² with random weights and biases, the outputs as good as can be: one distance for each width. */
  readonly distances: readonly number[];
  /** What the last of them is, at `POLYNOMIAL_PLACES`. */
  readonly values: Float64Array;
  /** relu(x) + relu(-x). */
  readonly rectified: number;
};

/** No parabola is nearer to |x|: x² + 1/8 is as far off at -1, -1/2, 0, 1/2 and 1, in turn above and below. */
export const NEAREST_PARABOLA = 1 / 8;

export const POLYNOMIAL_PLACES = places(-1, 1, 401);
const TARGET = POLYNOMIAL_PLACES.map(Math.abs);

/** Rounds of reweighting; the distance is then within a thousandth of the smallest. */
const ROUNDS = 200;

const RECTIFIED: HiddenLayer = {
  activation: relu,
  weights: Float64Array.of(1, -1),
  biases: Float64Array.of(0, 0),
  outputs: Float64Array.of(1, 1),
  constant: 0,
};

/** Measures what units x² can do, and what two rectified ones can. */
export async function measurePolynomials(
  seed: number,
  widths: readonly number[],
  progress: Progress,
): Promise<PolynomialResult> {
  const distances: number[] = [];
  let values = new Float64Array();
  for (const [index, width] of widths.entries()) {
    await progress(index / widths.length, `${width} units`);
    const random = new NumberStream(seed, width);
    const normals = () => Float64Array.from({ length: width }, () => random.normal());
    const layer = { activation: (z: Tensor) => square(z), weights: normals(), biases: normals() };
    const nearest = await nearestCombination(hiddenValues(layer, POLYNOMIAL_PLACES));
    distances.push(await supremumDistance(nearest, TARGET));
    values = Float64Array.from(await nearest.data());
  }
  const rectified = await supremumDistance(networkValues(RECTIFIED, POLYNOMIAL_PLACES), TARGET);
  return { distances, values, rectified };
}

/**
 * The combination of units and a constant whose largest distance from the target is smallest: least squares, weighted
 * over and over by how far off each place still is (Lawson 1961).
 * @param hidden float64 [places, units]
 */
async function nearestCombination(hidden: Tensor): Promise<Tensor> {
  const count = TARGET.length;
  const units = concat([hidden, ones([count, 1], 'float64')], 1);
  const target = tensor(TARGET);
  const round = jit((weights: Tensor) => {
    const root = sqrt(weights);
    const outputs = lstsq(mul(units, reshape(root, [count, 1])), mul(target, root));
    const values = matmul(units, outputs);
    const heavier = mul(weights, add(abs(sub(values, target)), 1e-300));
    return { values, weights: div(heavier, sum(heavier)), distance: max(abs(sub(values, target))) };
  });
  let state = round(tensor(new Float64Array(count).fill(1 / count)));
  for (let i = 1; i < ROUNDS; i++) state = round(state.weights);
  return state.values;
}
