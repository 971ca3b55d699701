import { mul, sigmoid, softplus, square, sub, tensor } from '../../ops/index.ts';
import { grad } from '../../tensor/gradient.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** The error of one logistic unit as a function of its sum z and its target t. */
export type UnitError = (z: Tensor, t: number) => Tensor;

/** 1/2 (y - t)² with y = σ(z). */
export const squaredError: UnitError = (z, t) => mul(0.5, square(sub(sigmoid(z), t)));

/** -t log y - (1 - t) log(1 - y), which is softplus(z) - t z. */
export const crossEntropy: UnitError = (z, t) => sub(softplus(z), mul(t, z));

/** ∂E/∂z. */
export async function slopeOf(error: UnitError, z: number, t: number): Promise<number> {
  return grad((sum: Tensor) => error(sum, t))(tensor(z, 'float64')).item();
}

/** A unit that begins surely wrong, and how it answers as it learns. */
export type SaturationResult = {
  readonly steps: number[];
  /** Answers of a unit that learns by the squared error, and of one by the cross-entropy; both are to answer 1. */
  readonly squared: number[];
  readonly entropy: number[];
};

/** Where both units begin: σ(-10) is 0.00005. */
export const SATURATED = -10;
const RATE = 1;
const STEPS = 200;

/** Gradient descent on z alone, with target 1. */
export async function learnSaturated(): Promise<SaturationResult> {
  const descend = async (error: UnitError) => {
    const step = jit((z: Tensor) => sub(z, mul(RATE, grad((sum: Tensor) => error(sum, 1))(z))));
    const answers: number[] = [];
    for (let z = tensor(SATURATED, 'float64'), i = 0; i <= STEPS; i++, z = step(z)) {
      answers.push(await sigmoid(z).item());
    }
    return answers;
  };
  return {
    steps: Array.from({ length: STEPS + 1 }, (_, i) => i),
    squared: await descend(squaredError),
    entropy: await descend(crossEntropy),
  };
}
