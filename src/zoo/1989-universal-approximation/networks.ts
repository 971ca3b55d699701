import { tensor } from '../../ops/create.ts';
import { matmul } from '../../ops/linalg/linalg.ts';
import { abs, add, mul, sub } from '../../ops/math/arithmetic.ts';
import { max } from '../../ops/reduce/reduce.ts';
import { reshape } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** One hidden layer on a line: constant + sum of outputs activation(weight x + bias). */
export interface HiddenLayer {
  readonly activation: (z: Tensor) => Tensor;
  /** One number for each unit, as are the biases and the outputs. */
  readonly weights: Float64Array;
  readonly biases: Float64Array;
  readonly outputs: Float64Array;
  readonly constant: number;
}

/** What the units say: [points] to [points, units]. */
export function hiddenValues(
  { activation, weights, biases }: Pick<HiddenLayer, 'activation' | 'weights' | 'biases'>,
  x: Float64Array,
): Tensor {
  return activation(add(mul(reshape(tensor(x), [x.length, 1]), tensor(weights)), tensor(biases)));
}

/** The network at some places, float64 [points]. */
export function networkValues(network: HiddenLayer, x: Float64Array): Tensor {
  return add(matmul(hiddenValues(network, x), tensor(network.outputs)), network.constant);
}

/** The largest distance of values from a target at the same places. */
export async function supremumDistance(values: Tensor, target: Float64Array): Promise<number> {
  return max(abs(sub(values, tensor(target)))).item();
}

/** Places from low to high, both included, equally far apart. */
export function places(low: number, high: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

/** The exponent of a power law through points, by least squares in logarithms. */
export function fittedExponent(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [u, v] = [x.map(Math.log), y.map(Math.log)];
  const [middleU, middleV] = [mean(u), mean(v)];
  const product = mean(u.map((value, i) => (value - middleU) * ((v[i] ?? 0) - middleV)));
  return product / mean(u.map((value) => (value - middleU) ** 2));
}
