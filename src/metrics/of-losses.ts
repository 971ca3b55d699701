import * as losses from '../losses/index.ts';
import type { Loss } from '../losses/loss.ts';
import { Mean, type Metric } from './metric.ts';

/** The mean of a loss over all examples, as a metric. */
function lossMetric(loss: Loss): Metric {
  return new Mean(loss.name, (labels, predictions) => loss.perExample(labels, predictions));
}

/** A loss factory as a metric factory; the options are the loss's. */
function asMetric<Options>(loss: (options?: Options) => Loss): (options?: Options) => Metric {
  return (options) => lossMetric(loss(options));
}

/** Mean of the squared errors. */
export const meanSquaredError = asMetric(losses.meanSquaredError);

/** Mean of the absolute errors. */
export const meanAbsoluteError = asMetric(losses.meanAbsoluteError);

/** Mean cross-entropy of yes-or-no outputs. */
export const binaryCrossentropy = asMetric(losses.binaryCrossentropy);

/** Mean cross-entropy against one-hot labels. */
export const categoricalCrossentropy = asMetric(losses.categoricalCrossentropy);

/** Mean cross-entropy against class numbers. */
export const sparseCategoricalCrossentropy = asMetric(losses.sparseCategoricalCrossentropy);
