import { add, div, maximum, minimum, mul, sub, where } from '../ops/math/arithmetic.ts';
import { equal, greater, logicalAnd } from '../ops/math/compare.ts';
import { log } from '../ops/math/math.ts';
import { quotientOr0 } from '../ops/math/quotient.ts';
import { sliceAxis } from '../ops/shape/slicing.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import type { Sums } from './accumulated.ts';
import type { Outcome } from './counts.ts';

export const CURVES = ['ROC', 'PR', 'PRGAIN'] as const;

/** What is drawn over what. */
export type Curve = (typeof CURVES)[number];

export const SUMMATIONS = ['interpolation', 'minoring', 'majoring'] as const;

/** How high a slice under the curve is taken to be. */
export type Summation = (typeof SUMMATIONS)[number];

/** Outcomes [thresholds, ...] to the area between each threshold and the next, [thresholds - 1, ...]. */
export function slices(outcomes: Sums<Outcome>, curve: Curve, summation: Summation): Tensor {
  if (curve === 'PR' && summation === 'interpolation') return interpolatedSlices(outcomes);
  const { x, y } = POINTS[curve](outcomes);
  const width = sub(before(x), after(x));
  return mul(width, HEIGHTS[summation](before(y), after(y)));
}

const HEIGHTS: Record<Summation, (a: Tensor, b: Tensor) => Tensor> = {
  interpolation: (a, b) => div(add(a, b), 2),
  minoring: minimum,
  majoring: maximum,
};

interface Points {
  readonly x: Tensor;
  readonly y: Tensor;
}

const recallOf = ({ truePositives, falseNegatives }: Sums<Outcome>): Tensor =>
  quotientOr0(truePositives, add(truePositives, falseNegatives));

const POINTS: Record<Curve, (outcomes: Sums<Outcome>) => Points> = {
  ROC(outcomes) {
    const { falsePositives, trueNegatives } = outcomes;
    return { x: quotientOr0(falsePositives, add(falsePositives, trueNegatives)), y: recallOf(outcomes) };
  },
  PR(outcomes) {
    const { truePositives, falsePositives } = outcomes;
    return { x: recallOf(outcomes), y: quotientOr0(truePositives, add(truePositives, falsePositives)) };
  },
  PRGAIN: gains,
};

/** Recall and precision against those of always saying yes (Flach and Kull 2015). */
function gains({ truePositives, falsePositives, trueNegatives, falseNegatives }: Sums<Outcome>): Points {
  const odds = quotientOr0(add(truePositives, falseNegatives), add(trueNegatives, falsePositives));
  const gain = (wrong: Tensor) => sub(1, mul(odds, quotientOr0(wrong, truePositives)));
  const isNone = equal(truePositives, 0);
  return {
    x: maximum(where(isNone, 0, gain(falseNegatives)), 0),
    y: where(isNone, 1, gain(falsePositives)),
  };
}

/**
 * Slices under precision over recall where between two thresholds true positives grow linearly with all positives
 * (Davis and Goadrich 2006), as a straight line between points would promise too much.
 */
function interpolatedSlices({ truePositives, falsePositives, falseNegatives }: Sums<Outcome>): Tensor {
  const positives = add(truePositives, falsePositives);
  const gained = sub(before(truePositives), after(truePositives));
  const slope = quotientOr0(gained, maximum(sub(before(positives), after(positives)), 0));
  const intercept = sub(after(truePositives), mul(slope, after(positives)));
  const areBoth = logicalAnd(greater(before(positives), 0), greater(after(positives), 0));
  const ratio = where(areBoth, quotientOr0(before(positives), maximum(after(positives), 0)), 1);
  const all = maximum(add(after(truePositives), after(falseNegatives)), 0);
  return quotientOr0(mul(slope, add(gained, mul(intercept, log(ratio)))), all);
}

/** All but the last along the first axis. */
function before(x: Tensor): Tensor {
  return sliceAxis(x, 0, 0, at(x.shape, 0) - 1);
}

/** All but the first along the first axis. */
function after(x: Tensor): Tensor {
  return sliceAxis(x, 0, 1, at(x.shape, 0) - 1);
}
