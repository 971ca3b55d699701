import * as losses from '../losses/index.ts';
import type { Loss, Reduction } from '../losses/loss.ts';
import { neg } from '../ops/math/arithmetic.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { Mean, type Metric, type MetricOptions } from './metric.ts';

type LossFactory<Config> = (options?: Partial<Config> & { readonly reduction?: Reduction }) => Loss;

/** A loss factory as the factory of its mean over all examples; the options are the loss's, and `name`. */
function asMetric<Config extends object>(
  loss: LossFactory<Config>,
  key?: string,
  figure = (values: Tensor) => values,
): (options?: Partial<Config> & MetricOptions) => Metric {
  return (options) => {
    const { name, ...config } = options ?? ({} as Partial<Config> & MetricOptions);
    const made = loss(config as unknown as Partial<Config>);
    return new Mean(name ?? key ?? made.name, (labels, predictions) =>
      figure(made.perExample(labels, predictions)),
    );
  };
}

/** Mean of the squared errors. */
export const meanSquaredError = asMetric(losses.meanSquaredError);

/** Mean of the absolute errors. */
export const meanAbsoluteError = asMetric(losses.meanAbsoluteError);

/** Mean of the absolute errors in percent of the labels. */
export const meanAbsolutePercentageError = asMetric(losses.meanAbsolutePercentageError);

/** Mean of the squared differences of the logarithms of 1 + label and 1 + prediction. */
export const meanSquaredLogarithmicError = asMetric(losses.meanSquaredLogarithmicError);

/** Mean of the logarithms of the hyperbolic cosines of the errors. */
export const logCoshError = asMetric(losses.logCosh, 'logCoshError');

/** Mean cosine of the angles between labels and predictions: 1 for the same direction. The loss is minus this. */
export const cosineSimilarity = asMetric(losses.cosineSimilarity, 'cosineSimilarity', neg);

/** Mean hinge loss; labels -1 and 1, or 0 and 1. */
export const hinge = asMetric(losses.hinge);

/** Mean squared hinge loss; labels -1 and 1, or 0 and 1. */
export const squaredHinge = asMetric(losses.squaredHinge);

/** Mean hinge loss of one-hot labels. */
export const categoricalHinge = asMetric(losses.categoricalHinge);

/** Mean Kullback-Leibler divergence of the predictions from the labels. */
export const kullbackLeibler = asMetric(losses.kullbackLeibler);

/** Mean Poisson loss of counts. */
export const poisson = asMetric(losses.poisson);

/** Mean cross-entropy of yes-or-no outputs. */
export const binaryCrossentropy = asMetric(losses.binaryCrossentropy);

/** Mean cross-entropy against one-hot labels. */
export const categoricalCrossentropy = asMetric(losses.categoricalCrossentropy);

/** Mean cross-entropy against class numbers. */
export const sparseCategoricalCrossentropy = asMetric(losses.sparseCategoricalCrossentropy);
