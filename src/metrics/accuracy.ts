import { alignClasses, alignLabels } from '../losses/align.ts';
import type { LabelKind } from '../losses/loss.ts';
import { argmax } from '../ops/arg.ts';
import { cast } from '../ops/arithmetic.ts';
import { equal, greater } from '../ops/compare.ts';
import { mean } from '../ops/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { Mean, type Metric } from './metric.ts';

/** Options of the accuracies. */
export interface AccuracyOptions {
  /** Key in logs; default the metric's name. */
  readonly name?: string;
}

/**
 * 1 where the largest prediction is at the class, else 0: classes [batch, ...], predictions [batch, ...,
 * classes].
 */
function hitsOfClasses(labels: Tensor, predictions: Tensor): Tensor {
  return equal(alignClasses(labels, predictions, 'sparseCategoricalAccuracy'), argmax(predictions, -1));
}

/** 1 where label and prediction are largest at the same class, else 0: both [batch, ..., classes]. */
function hitsOfOneHot(labels: Tensor, predictions: Tensor): Tensor {
  return equal(argmax(alignLabels(labels, predictions, 'categoricalAccuracy'), -1), argmax(predictions, -1));
}

/** Share of outputs on the right side of the threshold: both [batch, ..., outputs]. */
function hitsOfBinary(labels: Tensor, predictions: Tensor, threshold: number): Tensor {
  const y = alignLabels(labels, predictions, 'binaryAccuracy');
  const hits = cast(equal(y, cast(greater(predictions, threshold), y.dtype)), 'float32');
  return mean(hits, -1);
}

/** How often the largest of the predictions [batch, ..., classes] is at the class [batch, ...]. */
export function sparseCategoricalAccuracy({
  name = 'sparseCategoricalAccuracy',
}: AccuracyOptions = {}): Metric {
  return new Mean(name, hitsOfClasses);
}

/** How often label and prediction, both [batch, ..., classes], are largest at the same class. */
export function categoricalAccuracy({ name = 'categoricalAccuracy' }: AccuracyOptions = {}): Metric {
  return new Mean(name, hitsOfOneHot);
}

/**
 * How often predictions [batch, ..., outputs] above `threshold` (default 0.5) meet a label of 1, and others
 * 0.
 */
export function binaryAccuracy(options: AccuracyOptions & { readonly threshold?: number } = {}): Metric {
  requireKnownOptions(options, ['name', 'threshold'], 'binaryAccuracy');
  const { name = 'binaryAccuracy', threshold = 0.5 } = options;
  return new Mean(name, (labels, predictions) => hitsOfBinary(labels, predictions, threshold));
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
