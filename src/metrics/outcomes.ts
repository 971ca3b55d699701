import { add } from '../ops/math/arithmetic.ts';
import { quotientOr0 } from '../ops/math/quotient.ts';
import { reshape } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { Accumulated, type Sums } from './accumulated.ts';
import { countOutcomes, type Outcome, weighted } from './counts.ts';
import type { Metric, MetricOptions } from './metric.ts';
import { keepTopK, NEVER, ofClass, type Selection } from './selection.ts';
import { thresholdList } from './thresholds.ts';

/** Options of the counts of outcomes. */
export interface OutcomeOptions extends MetricOptions {
  /** A prediction above is a yes, in [0, 1]; for several the result is a vector. Default 0.5. */
  readonly thresholds?: number | readonly number[];
}

/** Options of `precision` and `recall`. */
export interface PrecisionOptions extends OutcomeOptions, Selection {}

/** How often a yes is right, by count or weight: labels and predictions [batch, ...]. */
export function truePositives(options: OutcomeOptions = {}): Metric {
  return countOf('truePositives', options);
}

/** How often a yes is wrong. */
export function falsePositives(options: OutcomeOptions = {}): Metric {
  return countOf('falsePositives', options);
}

/** How often a no is right. */
export function trueNegatives(options: OutcomeOptions = {}): Metric {
  return countOf('trueNegatives', options);
}

/** How often a no is wrong. */
export function falseNegatives(options: OutcomeOptions = {}): Metric {
  return countOf('falseNegatives', options);
}

/**
 * The share of the yes predictions that are right: labels and predictions [batch, ..., classes]. 0 where nothing is
 * predicted.
 */
export function precision(options: PrecisionOptions = {}): Metric {
  return shareOf('precision', 'falsePositives', options);
}

/** The share of the yes labels that are found: labels and predictions [batch, ..., classes]. 0 where there is none. */
export function recall(options: PrecisionOptions = {}): Metric {
  return shareOf('recall', 'falseNegatives', options);
}

function countOf(outcome: Outcome, options: OutcomeOptions): Metric {
  requireKnownOptions(options, ['name', 'thresholds'], outcome);
  return outcomeMetric(outcome, [outcome], options, (sums) => sums[outcome]);
}

/** The share of true positives in them and another outcome. */
function shareOf(
  where: string,
  other: 'falsePositives' | 'falseNegatives',
  options: PrecisionOptions,
): Metric {
  requireKnownOptions(options, ['name', 'thresholds', 'topK', 'classId'], where);
  return outcomeMetric(where, ['truePositives', other], options, (sums) =>
    quotientOr0(sums.truePositives, add(sums.truePositives, sums[other])),
  );
}

/** A metric that follows from some outcomes at each threshold. */
function outcomeMetric<Key extends Outcome>(
  where: string,
  keys: readonly Key[],
  options: PrecisionOptions,
  result: (sums: Sums<Key>) => Tensor,
): Metric {
  const { name = where, topK, classId } = options;
  const thresholds = thresholdList(options.thresholds, topK === undefined ? 0.5 : NEVER, where);
  const shapes = Object.fromEntries(keys.map((key) => [key, [thresholds.length]])) as Record<Key, number[]>;
  return new Accumulated<Key>({
    name,
    shapes,
    measure(labels, predictions, weights) {
      const all = weighted(labels, predictions, weights, where);
      const [y, p, w] = [all.y, keepTopK(all.p, topK), all.w].map((x) => ofClass(x, classId, where)) as [
        Tensor,
        Tensor,
        Tensor,
      ];
      return countOutcomes(y, p, w, { thresholds, perLabel: false });
    },
    result: (sums) => (thresholds.length === 1 ? reshape(result(sums), []) : result(sums)),
  });
}
