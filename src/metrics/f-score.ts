import { alignLabels } from '../losses/align.ts';
import { EPSILON } from '../losses/epsilon.ts';
import { abs, add, cast, div, mul, sub } from '../ops/math/arithmetic.ts';
import { greater, greaterEqual, logicalAnd } from '../ops/math/compare.ts';
import { max, mean, sum } from '../ops/reduce/reduce.ts';
import { expandDims } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError } from '../util/errors.ts';
import { formatShape } from '../util/shapes.ts';
import { requireKnownOptions, unknownName } from '../util/suggest.ts';
import { Accumulated, type Sums } from './accumulated.ts';
import type { Metric, MetricOptions } from './metric.ts';

const AVERAGES = ['micro', 'macro', 'weighted'] as const;

/** Options of `f1Score`. */
export interface F1Options extends MetricOptions {
  /**
   * How the scores of the classes become one: that of all counts together (`micro`), their mean (`macro`), or that
   * weighted by the labels. Default null: a score for each class.
   */
  readonly average?: (typeof AVERAGES)[number] | null;
  /** A prediction above is a yes, in (0, 1]. Default null: the largest prediction is, and 0 never. */
  readonly threshold?: number | null;
}

/** Options of `fBetaScore`. */
export interface FBetaOptions extends F1Options {
  /** How many times as much recall counts as precision, above 0. Default 1. */
  readonly beta?: number;
}

/** Harmonic mean of precision and recall: labels (one-hot, or yes or no) and predictions [batch, classes]. */
export function f1Score(options: F1Options = {}): Metric {
  requireKnownOptions(options, ['name', 'average', 'threshold'], 'f1Score');
  return scoreMetric('f1Score', options, 1);
}

/** Weighted harmonic mean of precision and recall: labels and predictions [batch, classes], see `f1Score`. */
export function fBetaScore(options: FBetaOptions = {}): Metric {
  requireKnownOptions(options, ['name', 'average', 'threshold', 'beta'], 'fBetaScore');
  const { beta = 1 } = options;
  if (beta > 0) return scoreMetric('fBetaScore', options, beta);
  throw new AntlerValueError({ where: 'fBetaScore', expected: 'beta above 0', got: String(beta) });
}

type Key = 'truePositives' | 'falsePositives' | 'falseNegatives' | 'support';

function scoreMetric(where: string, options: F1Options, beta: number): Metric {
  const { name = where, average = null, threshold = null } = options;
  if (average !== null && !AVERAGES.includes(average))
    throw unknownName({ where, kind: 'an average', name: String(average), known: AVERAGES });
  if (threshold !== null && !(threshold > 0 && threshold <= 1)) {
    throw new AntlerValueError({ where, expected: 'threshold in (0, 1]', got: String(threshold) });
  }
  const isMicro = average === 'micro';
  const shapes = (outputs: number) => {
    const shape = isMicro ? [] : [outputs];
    return { truePositives: shape, falsePositives: shape, falseNegatives: shape, support: shape };
  };
  return new Accumulated<Key>({
    name,
    shapes,
    measure(labels, predictions, weights) {
      const y = alignLabels(labels, requireMatrix(predictions, where), where);
      const yes = decisions(predictions, threshold);
      const total = (x: Tensor) => sum(weights ? mul(x, expandDims(weights, 1)) : x, isMicro ? undefined : 0);
      return {
        truePositives: total(mul(yes, y)),
        falsePositives: total(mul(yes, sub(1, y))),
        falseNegatives: total(mul(sub(1, yes), y)),
        support: total(y),
      };
    },
    result: (sums) => averaged(scores(sums, beta), sums.support, average),
  });
}

function requireMatrix(predictions: Tensor, where: string): Tensor {
  if (predictions.rank === 2) return predictions;
  throw new AntlerShapeError({
    where,
    expected: 'predictions [batch, classes]',
    got: formatShape(predictions.shape),
  });
}

/** 1 for a yes, 0 for a no. */
function decisions(predictions: Tensor, threshold: number | null): Tensor {
  if (threshold !== null) return cast(greater(predictions, threshold), predictions.dtype);
  const largest = max(predictions, { axis: -1, keepDims: true });
  const isYes = logicalAnd(greaterEqual(predictions, largest), greater(abs(predictions), 1e-9));
  return cast(isYes, predictions.dtype);
}

function scores(sums: Sums<Key>, beta: number): Tensor {
  const share = (other: Tensor) => div(sums.truePositives, add(add(sums.truePositives, other), EPSILON));
  const [precision, recall] = [share(sums.falsePositives), share(sums.falseNegatives)];
  const squared = beta * beta;
  const bottom = add(add(mul(precision, squared), recall), EPSILON);
  return mul(div(mul(precision, recall), bottom), 1 + squared);
}

function averaged(score: Tensor, support: Tensor, average: F1Options['average']): Tensor {
  if (average === null) return score;
  if (average !== 'weighted') return mean(score);
  return sum(mul(score, div(support, add(sum(support), EPSILON))));
}
