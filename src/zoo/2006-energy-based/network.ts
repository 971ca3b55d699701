import { variable, zeros } from '../../ops/create.ts';
import { matmul } from '../../ops/linalg/linalg.ts';
import { add } from '../../ops/math/arithmetic.ts';
import { tanh } from '../../ops/math/math.ts';
import { normal } from '../../random/distributions.ts';
import { split } from '../../random/keys.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Variable } from '../../tensor/variable.ts';
import { at } from '../../util/errors.ts';

/** Kernel and bias of each layer in turn: [inputs, outputs], [outputs]. */
export type Weights = readonly Tensor[];

/**
 * First weights of a network of tanh units: kernels of variance 1 / inputs, no bias.
 * @param sizes units of each layer, the inputs first
 */
export function networkWeights(key: Tensor, sizes: readonly number[]): Variable[] {
  return split(key, sizes.length - 1).flatMap((one, layer) => {
    const [inputs, outputs] = [at(sizes, layer), at(sizes, layer + 1)];
    const kernel = normal(one, [inputs, outputs], { stddev: 1 / Math.sqrt(inputs) });
    return [variable(kernel), variable(zeros([outputs]))];
  });
}

/** tanh units, the last layer linear: [..., inputs] to [..., outputs]. */
export function network(weights: Weights, x: Tensor): Tensor {
  const layers = weights.length / 2;
  let value = x;
  for (let layer = 0; layer < layers; layer++) {
    const linear = add(matmul(value, at(weights, 2 * layer)), at(weights, 2 * layer + 1));
    value = layer < layers - 1 ? tanh(linear) : linear;
  }
  return value;
}
