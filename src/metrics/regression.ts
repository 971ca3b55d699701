import { alignLabels } from '../losses/align.ts';
import { onesLike, scalar } from '../ops/create.ts';
import { div, mul, square, sub, where } from '../ops/math/arithmetic.ts';
import { equal, greater, isInf } from '../ops/math/compare.ts';
import { sqrt } from '../ops/math/math.ts';
import { mean, sum } from '../ops/reduce/reduce.ts';
import { expandDims } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError } from '../util/errors.ts';
import { formatShape } from '../util/shapes.ts';
import { requireKnownOptions, unknownName } from '../util/suggest.ts';
import { Accumulated, type Sums } from './accumulated.ts';
import { Mean, type Metric, type MetricOptions } from './metric.ts';

/** Root of the mean of the squared errors. */
class RootMeanSquaredError extends Mean {
  constructor(name: string) {
    super(name, (labels, predictions) =>
      square(sub(predictions, alignLabels(labels, predictions, 'rootMeanSquaredError'))),
    );
  }

  override result(): Tensor {
    return sqrt(super.result());
  }
}

/** Root of the mean of the squared errors. */
export function rootMeanSquaredError(options: MetricOptions = {}): Metric {
  requireKnownOptions(options, ['name'], 'rootMeanSquaredError');
  return new RootMeanSquaredError(options.name ?? 'rootMeanSquaredError');
}

const AGGREGATIONS = ['uniformAverage', 'varianceWeightedAverage'] as const;

/** Options of `r2Score`. */
export interface R2Options extends MetricOptions {
  /** How the scores of the outputs become one; null for a score each. Default `uniformAverage`. */
  readonly classAggregation?: (typeof AGGREGATIONS)[number] | null;
  /** Number of independent regressors, for the adjusted score. Default 0: not adjusted. */
  readonly numRegressors?: number;
}

type R2Key = 'squaredSum' | 'sum' | 'residual' | 'count' | 'samples';

/**
 * Coefficient of determination, 1 - squared errors / variance of the labels: 1 for exact predictions, 0 for those
 * that are no better than the mean. Labels and predictions [batch, outputs].
 */
export function r2Score(options: R2Options = {}): Metric {
  requireKnownOptions(options, ['name', 'classAggregation', 'numRegressors'], 'r2Score');
  const { name = 'r2Score', classAggregation = 'uniformAverage', numRegressors = 0 } = options;
  if (classAggregation !== null && !AGGREGATIONS.includes(classAggregation)) {
    throw unknownName({
      where: 'r2Score',
      kind: 'a classAggregation',
      name: String(classAggregation),
      known: AGGREGATIONS,
    });
  }
  if (!(numRegressors >= 0)) {
    throw new AntlerValueError({
      where: 'r2Score',
      expected: 'numRegressors, at least 0',
      got: String(numRegressors),
    });
  }
  return new Accumulated<R2Key>({
    name,
    shapes: (outputs) => ({
      squaredSum: [outputs],
      sum: [outputs],
      residual: [outputs],
      count: [outputs],
      samples: [],
    }),
    measure: measureR2,
    result: (sums) => adjusted(aggregated(sums, classAggregation), sums.samples, numRegressors),
  });
}

function measureR2(labels: Tensor, predictions: Tensor, weights: Tensor | undefined): Sums<R2Key> {
  if (predictions.rank !== 2) {
    throw new AntlerShapeError({
      where: 'r2Score',
      expected: 'predictions [batch, outputs]',
      got: formatShape(predictions.shape),
    });
  }
  const y = alignLabels(labels, predictions, 'r2Score');
  const ones = onesLike(y);
  const weight = weights ? mul(ones, expandDims(weights, 1)) : ones;
  const total = (values: Tensor) => sum(mul(values, weight), 0);
  return {
    squaredSum: total(square(y)),
    sum: total(y),
    residual: total(square(sub(y, predictions))),
    count: total(ones),
    samples: scalar(y.size),
  };
}

function aggregated(sums: Sums<R2Key>, aggregation: R2Options['classAggregation']): Tensor {
  const isEmpty = equal(sums.count, 0);
  const variance = sub(sums.squaredSum, div(square(sums.sum), where(isEmpty, 1, sums.count)));
  const raw = sub(1, div(sums.residual, variance));
  const scores = where(isEmpty, 0, where(isInf(raw), 0, raw));
  if (aggregation === null) return scores;
  if (aggregation === 'uniformAverage') return mean(scores);
  const weight = where(isEmpty, 1, variance);
  return div(sum(mul(weight, scores)), sum(weight));
}

/** The score for as many regressors, where there are samples enough to tell. */
function adjusted(score: Tensor, samples: Tensor, regressors: number): Tensor {
  if (regressors === 0) return score;
  const freedom = sub(samples, regressors + 1);
  const isEnough = greater(freedom, 0);
  const better = sub(1, div(mul(sub(1, score), sub(samples, 1)), where(isEnough, freedom, 1)));
  return where(isEnough, better, score);
}
