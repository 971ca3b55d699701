import { requireWithin } from '../losses/options.ts';
import { add, where as choose, clip } from '../ops/math/arithmetic.ts';
import { greaterEqual } from '../ops/math/compare.ts';
import { quotientOr0 } from '../ops/math/quotient.ts';
import { max } from '../ops/reduce/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { Accumulated, type Sums } from './accumulated.ts';
import { countOutcomes, type Outcome, weighted } from './counts.ts';
import type { Metric, MetricOptions } from './metric.ts';
import { ofClass } from './selection.ts';
import { evenThresholds } from './thresholds.ts';

/** Options of the metrics at an operating point. */
export interface OperatingPointOptions extends MetricOptions {
  /** How many thresholds between 0 and 1 are tried. Default 200. */
  readonly numThresholds?: number;
  /** Only this class counts. */
  readonly classId?: number;
}

type Rate = (outcomes: Sums<Outcome>) => Tensor;

const share =
  (of: Outcome, other: Outcome): Rate =>
  (outcomes) =>
    quotientOr0(outcomes[of], add(outcomes[of], outcomes[other]));

/** The share of yes labels found; also called recall. */
const SENSITIVITY = share('truePositives', 'falseNegatives');
const SPECIFICITY = share('trueNegatives', 'falsePositives');
const PRECISION = share('truePositives', 'falsePositives');

/** The largest sensitivity at thresholds where the specificity is at least `specificity`, in [0, 1]. */
export function sensitivityAtSpecificity(
  options: OperatingPointOptions & { readonly specificity: number },
): Metric {
  return bestAt('sensitivityAtSpecificity', 'specificity', options, [SPECIFICITY, SENSITIVITY]);
}

/** The largest specificity at thresholds where the sensitivity is at least `sensitivity`, in [0, 1]. */
export function specificityAtSensitivity(
  options: OperatingPointOptions & { readonly sensitivity: number },
): Metric {
  return bestAt('specificityAtSensitivity', 'sensitivity', options, [SENSITIVITY, SPECIFICITY]);
}

/** The largest precision at thresholds where the recall is at least `recall`, in [0, 1]. */
export function precisionAtRecall(options: OperatingPointOptions & { readonly recall: number }): Metric {
  return bestAt('precisionAtRecall', 'recall', options, [SENSITIVITY, PRECISION]);
}

/** The largest recall at thresholds where the precision is at least `precision`, in [0, 1]. */
export function recallAtPrecision(options: OperatingPointOptions & { readonly precision: number }): Metric {
  return bestAt('recallAtPrecision', 'precision', options, [PRECISION, SENSITIVITY]);
}

function bestAt<Option extends string>(
  where: string,
  option: Option,
  options: OperatingPointOptions & { readonly [K in Option]: number },
  [constrained, wanted]: readonly [Rate, Rate],
): Metric {
  const bound = requiredBound(options, option, where);
  const { name = where, numThresholds = 200, classId } = options;
  const thresholds = evenThresholds(numThresholds, 1, where);
  const shape = [thresholds.length];
  return new Accumulated<Outcome>({
    name,
    shapes: { truePositives: shape, falsePositives: shape, trueNegatives: shape, falseNegatives: shape },
    measure(labels, predictions, weights) {
      const { y, p, w } = weighted(labels, predictions, weights, where);
      const [truth, chance, weight] = [y, clip(p, 0, 1), w].map((x) => ofClass(x, classId, where)) as [
        Tensor,
        Tensor,
        Tensor,
      ];
      return countOutcomes(truth, chance, weight, { thresholds, perLabel: false });
    },
    result: (outcomes) => max(choose(greaterEqual(constrained(outcomes), bound), wanted(outcomes), 0)),
  });
}

/** @throws AntlerValueError unless the bound is given and in [0, 1] */
function requiredBound(options: object | undefined, option: string, where: string): number {
  const given = { ...options } as Readonly<Record<string, unknown>>;
  requireKnownOptions(given, ['name', 'numThresholds', 'classId', option], where);
  const bound = given[option];
  if (typeof bound !== 'number') {
    throw new AntlerValueError({ where, expected: `the option ${option}, in [0, 1]`, got: 'none' });
  }
  requireWithin(bound, [0, 1], option, where);
  return bound;
}
