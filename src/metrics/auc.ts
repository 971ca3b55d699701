import { sigmoid } from '../activations/functions.ts';
import { EPSILON } from '../losses/epsilon.ts';
import { tensor } from '../ops/create.ts';
import { clip, mul } from '../ops/math/arithmetic.ts';
import { quotientOr0 } from '../ops/math/quotient.ts';
import { mean, sum } from '../ops/reduce/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../util/errors.ts';
import { formatShape, type Shape } from '../util/shapes.ts';
import { requireKnownOptions, unknownName } from '../util/suggest.ts';
import { Accumulated } from './accumulated.ts';
import { CURVES, type Curve, SUMMATIONS, type Summation, slices } from './auc-curve.ts';
import { countOutcomes, type Outcome, weighted } from './counts.ts';
import type { Metric, MetricOptions } from './metric.ts';
import { evenThresholds, thresholdList } from './thresholds.ts';

/** Options of `auc`. */
export interface AucOptions extends MetricOptions {
  /** How many thresholds between 0 and 1 approximate the curve. Default 200. */
  readonly numThresholds?: number;
  /** Thresholds in (0, 1) in place of those at equal distances. */
  readonly thresholds?: readonly number[];
  /** Receiver operating characteristic (default), precision over recall, or precision gain over recall gain. */
  readonly curve?: Curve;
  /** Height of each slice: the mean of both ends (default; for `PR` Davis 2006), the lower or the higher. */
  readonly summationMethod?: Summation;
  /** Make a curve for each label (last axis) and average the areas. Default false: all predictions make one. */
  readonly multiLabel?: boolean;
  /** How many labels there are, if known before the first batch; for `multiLabel`. */
  readonly numLabels?: number;
  /** Weights of the labels. */
  readonly labelWeights?: readonly number[];
  /** Predictions are the input of a sigmoid. Default false: they are in [0, 1]. */
  readonly fromLogits?: boolean;
}

const OPTIONS = [
  'name',
  'numThresholds',
  'thresholds',
  'curve',
  'summationMethod',
  'multiLabel',
  'numLabels',
  'labelWeights',
  'fromLogits',
];

/**
 * Area under the curve that yes-or-no predictions make over all thresholds: 1 for perfect order, 0.5 (ROC) for none.
 * Labels and predictions [batch, ...], for `multiLabel` [batch, labels]. As Keras 3.
 */
export function auc(options: AucOptions = {}): Metric {
  requireAucOptions(options);
  const { name = 'auc', multiLabel = false, numLabels, curve = 'ROC' } = options;
  const { summationMethod = 'interpolation' } = options;
  const thresholds = aucThresholds(options);
  const shapes = (labels: number) => shapesOf(multiLabel ? [thresholds.length, labels] : [thresholds.length]);
  return new Accumulated<Outcome>({
    name,
    shapes: multiLabel && numLabels === undefined ? shapes : shapes(numLabels ?? 1),
    measure: (labels, predictions, weights) => measureAuc(labels, predictions, weights, thresholds, options),
    result(outcomes) {
      const areas = sum(slices(outcomes, curve, summationMethod), 0);
      return multiLabel ? averaged(areas, options.labelWeights) : areas;
    },
  });
}

function shapesOf(shape: Shape): Record<Outcome, Shape> {
  return { truePositives: shape, falsePositives: shape, trueNegatives: shape, falseNegatives: shape };
}

function measureAuc(
  labels: Tensor,
  predictions: Tensor,
  weights: Tensor | undefined,
  thresholds: readonly number[],
  { multiLabel = false, labelWeights, fromLogits = false }: AucOptions,
) {
  if (multiLabel && predictions.rank !== 2) {
    throw new AntlerShapeError({
      where: 'auc',
      expected: 'predictions [batch, labels] for multiLabel',
      got: formatShape(predictions.shape),
    });
  }
  const { y, p, w } = weighted(labels, predictions, weights, 'auc');
  const chances = fromLogits ? sigmoid(p) : clip(p, 0, 1);
  const weight = labelWeights && !multiLabel ? mul(w, weightsOf(labelWeights, p)) : w;
  return countOutcomes(y, chances, weight, { thresholds, perLabel: multiLabel });
}

/** Weights of the labels of predictions [..., labels]. */
function weightsOf(labelWeights: readonly number[], { shape }: Tensor): Tensor {
  const labels = shape.length > 0 ? at(shape, -1) : 1;
  if (labelWeights.length === labels) return tensor([...labelWeights]);
  throw new AntlerShapeError({
    where: 'auc, labelWeights',
    expected: `a weight for each of ${labels} labels`,
    got: `${labelWeights.length}`,
  });
}

function averaged(areas: Tensor, labelWeights: readonly number[] | undefined): Tensor {
  if (!labelWeights) return mean(areas);
  const weights = weightsOf(labelWeights, areas);
  return quotientOr0(sum(mul(areas, weights)), sum(weights));
}

/** Below 0, the inner thresholds, and above 1: so that the first has all and the last none. */
function aucThresholds({ thresholds, numThresholds = 200 }: AucOptions): readonly number[] {
  const inner =
    thresholds === undefined
      ? evenThresholds(numThresholds, 2, 'auc').slice(1, -1)
      : thresholdList(thresholds, 0.5, 'auc').toSorted((a, b) => a - b);
  return [-EPSILON, ...inner, 1 + EPSILON];
}

function requireAucOptions(options: AucOptions): void {
  requireKnownOptions(options, OPTIONS, 'auc');
  const { curve = 'ROC', summationMethod = 'interpolation', multiLabel = false, numLabels } = options;
  if (!CURVES.includes(curve))
    throw unknownName({ where: 'auc', kind: 'a curve', name: String(curve), known: CURVES });
  if (!SUMMATIONS.includes(summationMethod)) {
    const name = String(summationMethod);
    throw unknownName({ where: 'auc', kind: 'a summationMethod', name, known: SUMMATIONS });
  }
  if (numLabels === undefined || multiLabel) return;
  throw new AntlerValueError({ where: 'auc', expected: 'numLabels with multiLabel: true', got: 'it alone' });
}
