import { add, matmul, sigmoid } from '../../ops/index.ts';
import { foldIn, key, uniform } from '../../random/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { lookup } from '../../util/errors.ts';

/** One layer of many networks. */
export interface Layer {
  /** [networks, inputs, units] */
  readonly kernel: Tensor;
  /** [networks, 1, units] */
  readonly bias: Tensor;
}

/** Layers by name. */
export type Network = ReadonlyMap<string, Layer>;

/** Inputs and units of each layer by name. */
export type Sizes = Readonly<Record<string, readonly [inputs: number, units: number]>>;

/** Many networks with weights and biases uniform in +-reach. */
export function drawNetworks(seed: number, networks: number, sizes: Sizes, reach: number): Network {
  const options = { minval: -reach, maxval: reach };
  const layers = Object.entries(sizes).map(([name, [inputs, units]], index): [string, Layer] => {
    const draw = (part: number, rows: number) =>
      uniform(foldIn(key(seed), 2 * index + part), [networks, rows, units], options);
    return [name, { kernel: draw(0, inputs), bias: draw(1, 1) }];
  });
  return new Map(layers);
}

/** A layer of logistic units in every network: [..., rows, inputs] to [networks, rows, units]. */
export function logistic(network: Network, name: string, x: Tensor): Tensor {
  const { kernel, bias } = lookup(network, name);
  return sigmoid(add(matmul(x, kernel), bias));
}
