import * as layers from '../../layers/index.ts';
import { type Sequential, sequential } from '../../models/sequential.ts';
import { add, conv2d, matmul, onesLike, reshape, sum, zeros } from '../../ops/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Variable } from '../../tensor/variable.ts';
import { at, lookup } from '../../util/errors.ts';
import { fanInUniform } from './fan-in-uniform.ts';
import { framed } from './frame.ts';
import { codeDistances } from './output.ts';
import { squash } from './squash.ts';
import { subsample, trainableSubsampling } from './subsampling.ts';
import { C3_TABLE, convolveByTable, tableConvolution } from './table-convolution.ts';

/** The weights of one stage: tensors, variables, or arrays on the host. */
export interface StageWeights<T = Tensor> {
  readonly kernel: T;
  readonly bias: T;
}

/** What a layer of squashing units sums up. */
export interface Stage {
  /** Of its layer. */
  readonly name: string;
  /** Sums of products of an input and a weight: linear in each of the two. */
  readonly products: (x: Tensor, kernel: Tensor) => Tensor;
}

/** The layers with weights, from the input up. */
export const STAGES: readonly Stage[] = [
  { name: 'c1', products: (x, kernel) => conv2d(x, kernel) },
  { name: 's2', products: subsample },
  { name: 'c3', products: convolveByTable(C3_TABLE) },
  { name: 's4', products: subsample },
  { name: 'c5', products: (x, kernel) => conv2d(x, kernel) },
  { name: 'f6', products: (x, kernel) => matmul(reshape(x, [-1, at(kernel.shape, 0)]), kernel) },
];

/** Options of a layer of `units` units with `fanIn` inputs each. */
function squashing(fanIn: number) {
  const first = fanInUniform({ fanIn });
  return { activation: squash, kernelInitializer: first, biasInitializer: first };
}

/**
 * LeNet-5 as the paper has it: bytes [batch, 28, 28, 1] to the distances of ten codes [batch, 10], of which the
 * smallest names the class. 60,000 weights.
 */
export function buildNetwork(seed: number): Sequential {
  return sequential({
    name: 'lenet5-1998',
    seed,
    layers: [
      layers.input({ shape: [28, 28, 1], dtype: 'uint8' }),
      framed({ name: 'frame' }),
      layers.conv2d({ name: 'c1', filters: 6, kernelSize: 5, ...squashing(25) }),
      trainableSubsampling({ name: 's2', maps: 6 }),
      tableConvolution({ name: 'c3', table: C3_TABLE }),
      trainableSubsampling({ name: 's4', maps: 16 }),
      layers.conv2d({ name: 'c5', filters: 120, kernelSize: 5, ...squashing(400) }),
      layers.flatten({ name: 'vec' }),
      layers.dense({ name: 'f6', units: 84, ...squashing(120) }),
      codeDistances({ name: 'output' }),
    ],
  });
}

/** The variables of the stages of a network. */
export function weightsOf(network: Sequential): readonly StageWeights<Variable>[] {
  const named = new Map(network.weights.map((variable) => [variable.name, variable]));
  return STAGES.map(({ name }) => ({
    kernel: lookup(named, `${name}/kernel`),
    bias: lookup(named, `${name}/bias`),
  }));
}

/**
 * What every stage computes, the input of the first before them: [batch, 32, 32, 1], ..., [batch, 84]. The same as
 * the network, in the weights given.
 */
export function statesOf(
  input: Tensor,
  weights: readonly StageWeights[],
  stages: readonly Stage[] = STAGES,
): readonly Tensor[] {
  const states = [input];
  stages.forEach(({ products }, i) => {
    const { kernel, bias } = at(weights, i);
    states.push(squash(add(products(at(states, -1), kernel), bias)));
  });
  return states;
}

/** Products and biases that the stages sum up for one image: what the paper calls connections. */
export function countConnections(network: Sequential): readonly number[] {
  const weights = weightsOf(network).map(({ kernel, bias }) => ({
    kernel: kernel.read(),
    bias: bias.read(),
  }));
  const states = statesOf(zeros([1, 32, 32, 1]), weights);
  return STAGES.map(({ products }, i) => {
    const sums = products(onesLike(at(states, i)), onesLike(at(weights, i).kernel));
    return sum(add(sums, 1)).itemSync();
  });
}
