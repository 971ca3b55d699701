import { add, greater, matmul, sigmoid, sign, tanh, tensor, where } from '../../ops/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** The four inputs in the order 00, 01, 10, 11. */
export const INPUTS = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;

/** XOR of each. */
export const TARGETS = [0, 1, 1, 0] as const;

/** What a hidden unit makes of its sum. */
export const SQUASHES = {
  // with slope 0 at 0, where every unit begins for the input 00
  relu: (x: Tensor) => where(greater(x, 0), x, 0),
  step: (x: Tensor) => where(greater(x, 0), 1, 0),
  sigmoid,
  tanh,
  sign,
} as const satisfies Record<string, (x: Tensor) => Tensor>;

export type Squash = keyof typeof SQUASHES;

/** Two layers, for one network or for many at once: then all have the networks as first axis. */
export interface Weights {
  /** [..., 2, hidden] */
  readonly hidden: Tensor;
  /** [..., 1, hidden] */
  readonly hiddenBias: Tensor;
  /** [..., hidden, 1] */
  readonly output: Tensor;
  /** [..., 1, 1] */
  readonly outputBias: Tensor;
}

/** The hidden units: [rows, 2] to [..., rows, hidden]. */
export function hiddenUnits(x: Tensor, { hidden, hiddenBias }: Weights, squash: Squash): Tensor {
  return SQUASHES[squash](add(matmul(x, hidden), hiddenBias));
}

/** h = g(x W + b), y = h w + c: [rows, 2] to [..., rows, 1]. */
export function outputs(x: Tensor, weights: Weights, squash: Squash): Tensor {
  return add(matmul(hiddenUnits(x, weights, squash), weights.output), weights.outputBias);
}

/** The weights of the lecture: each unit looks for one input without the other. */
export function lectureWeights(): Weights {
  return {
    hidden: tensor([
      [1, -1],
      [-1, 1],
    ]),
    hiddenBias: tensor([[-0.5, -0.5]]),
    output: tensor([[4], [4]]),
    outputBias: tensor([[-1]]),
  };
}
