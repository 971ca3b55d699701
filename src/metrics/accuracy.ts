import { alignClasses, alignLabels } from '../losses/align.ts';
import type { LabelKind } from '../losses/loss.ts';
import { cast } from '../ops/math/arithmetic.ts';
import { equal, greater } from '../ops/math/compare.ts';
import { argmax } from '../ops/search/arg.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { defineMean, Mean, type Metric, type MetricOptions } from './metric.ts';

/** How often predictions equal labels, both [batch, ...]. */
export const accuracy = defineMean('accuracy', (labels, predictions) =>
  equal(alignLabels(labels, predictions, 'accuracy'), predictions),
);

/** How often the largest of the predictions [batch, ..., classes] is at the class [batch, ...]. */
export const sparseCategoricalAccuracy = defineMean('sparseCategoricalAccuracy', (labels, predictions) =>
  equal(alignClasses(labels, predictions, 'sparseCategoricalAccuracy'), argmax(predictions, -1)),
);

/** How often label and prediction, both [batch, ..., classes], are largest at the same class. */
export const categoricalAccuracy = defineMean('categoricalAccuracy', (labels, predictions) =>
  equal(argmax(alignLabels(labels, predictions, 'categoricalAccuracy'), -1), argmax(predictions, -1)),
);

/**
 * How often predictions [batch, ..., outputs] above `threshold` (default 0.5) meet a label of 1, and others
 * 0.
 */
export function binaryAccuracy(options: MetricOptions & { readonly threshold?: number } = {}): Metric {
  requireKnownOptions(options, ['name', 'threshold'], 'binaryAccuracy');
  const { name = 'binaryAccuracy', threshold = 0.5 } = options;
  return new Mean(name, (labels, predictions) => hitsOfBinary(labels, predictions, threshold));
}

/** 1 where an output is on the right side of the threshold, else 0. */
function hitsOfBinary(labels: Tensor, predictions: Tensor, threshold: number): Tensor {
  const y = alignLabels(labels, predictions, 'binaryAccuracy');
  return equal(y, cast(greater(predictions, threshold), y.dtype));
}

/**
 * The accuracy that `metrics: ['accuracy']` stands for, by Keras's rule: binary for a single output, else
 * sparse or categorical as the labels are.
 */
export function accuracyFor(kind: LabelKind, outputs: number): Metric {
  const name = 'accuracy';
  if (outputs === 1) return binaryAccuracy({ name });
  return kind === 'classes' ? sparseCategoricalAccuracy({ name }) : categoricalAccuracy({ name });
}
