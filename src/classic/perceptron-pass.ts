import { cond, scan } from '../ops/control/control.ts';
import { oneHot, ones, scalar, zeros } from '../ops/create.ts';
import { take } from '../ops/index/take.ts';
import { matmul, outer } from '../ops/linalg/linalg.ts';
import { add, cast, div, mul, sub, where } from '../ops/math/arithmetic.ts';
import { lessEqual } from '../ops/math/compare.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { argmax } from '../ops/search/arg.ts';
import { concat, expandDims } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';

/** What is learned, and what its average is made of. Rows of weights are [features, bias]. */
export interface PerceptronState {
  /** [outputs, features + 1] */
  readonly weights: Tensor;
  /** All weights there were before these, each times the steps it stayed. */
  readonly total: Tensor;
  /** Steps that the weights have stayed, scalar. */
  readonly stayed: Tensor;
  /** Of this pass, int32 scalar. */
  readonly mistakes: Tensor;
}

/** How one example is judged. */
export interface PerceptronRule {
  /**
   * @param scores [outputs]
   * @param target scalar
   * @returns whether it is a mistake, bool scalar, and how often each row of weights then takes the example, [outputs]
   */
  judge(scores: Tensor, target: Tensor): { readonly isMistake: Tensor; readonly step: Tensor };
  /** Scores [rows, outputs] to answers, int32 [rows]. */
  decide(scores: Tensor): Tensor;
}

/** Rosenblatt's: targets -1 and 1, one output; a score of 0 is a mistake, so weights of 0 learn. */
export const TWO_CLASSES: PerceptronRule = {
  judge(scores, target) {
    const step = expandDims(cast(target, scores.dtype), 0);
    return { isMistake: lessEqual(sum(mul(scores, step)), 0), step };
  },
  decide: (scores) => cast(where(lessEqual(take(scores, 0, 1), 0), -1, 1), 'int32'),
};

/** An output for each class: the true one must lie above all others, else it gains what the best other loses. */
export const MANY_CLASSES: PerceptronRule = {
  judge(scores, target) {
    const classes = at(scores.shape, 0);
    const truth = oneHot(target, classes, scores.dtype);
    const rival = argmax(where(lessEqual(truth, 0), scores, Number.NEGATIVE_INFINITY), 0);
    return {
      isMistake: lessEqual(sum(mul(scores, truth)), take(scores, rival, 0)),
      step: sub(truth, oneHot(rival, classes, scores.dtype)),
    };
  },
  decide: (scores) => argmax(scores, 1),
};

/** Weights of 0 that have learned from nothing. */
export function initialState(
  outputs: number,
  features: number,
  dtype: 'float32' | 'float64',
): PerceptronState {
  const none = zeros([outputs, features + 1], dtype);
  return { weights: none, total: none, stayed: scalar(0, dtype), mistakes: scalar(0, 'int32') };
}

/**
 * Goes over examples once.
 * @param x [rows, features]
 * @param targets int32 [rows]
 * @param order numbers of the rows to visit, int32 [visits]
 */
export function onePass(
  rule: PerceptronRule,
  state: PerceptronState,
  x: Tensor,
  targets: Tensor,
  order: Tensor,
): PerceptronState {
  const { dtype } = state.weights;
  const begin = { ...state, mistakes: scalar(0, 'int32') };
  const step = (now: PerceptronState, index: Tensor): [PerceptronState, null] => {
    const row = concat([cast(take(x, index, 0), dtype), ones([1], dtype)], 0);
    const { isMistake, step } = rule.judge(matmul(now.weights, row), take(targets, index, 0));
    const next = cond(
      isMistake,
      ({ weights, total, stayed }) => ({
        weights: add(weights, outer(step, row)),
        total: add(total, mul(weights, stayed)),
        stayed: scalar(1, dtype),
      }),
      ({ weights, total, stayed }) => ({ weights, total, stayed: add(stayed, 1) }),
      { weights: now.weights, total: now.total, stayed: now.stayed },
    );
    return [{ ...next, mistakes: add(now.mistakes, cast(isMistake, 'int32')) }, null];
  };
  return scan(step, begin, order)[0];
}

/** The mean of the weights after each of so many steps. */
export function averageWeights({ weights, total, stayed }: PerceptronState, steps: number): Tensor {
  return div(add(total, mul(weights, stayed)), Math.max(steps, 1));
}
