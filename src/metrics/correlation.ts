import { alignLabels } from '../losses/align.ts';
import { EPSILON } from '../losses/epsilon.ts';
import { add, div, mul, square, sub } from '../ops/math/arithmetic.ts';
import { mean as meanOf, std, variance } from '../ops/reduce/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { Mean, type Metric, type MetricOptions } from './metric.ts';

/** Options of the correlations. */
export interface CorrelationOptions extends MetricOptions {
  /** The axis of what is correlated. Default -1. */
  readonly axis?: number;
}

/** Mean over the examples of Pearson's correlation of label and prediction along `axis`, in [-1, 1]. */
export function pearsonCorrelation(options: CorrelationOptions = {}): Metric {
  return correlation('pearsonCorrelation', options, (y, p, axis) =>
    meanOf(mul(standardized(y, axis), standardized(p, axis)), axis),
  );
}

/** Values of mean 0 and standard deviation 1 along the axis. */
function standardized(x: Tensor, axis: number): Tensor {
  const kept = { axis, keepDims: true };
  return div(sub(x, meanOf(x, kept)), std(x, kept));
}

/**
 * Mean over the examples of the concordance correlation of label and prediction along `axis`, which also asks for
 * equal means and spreads (Lin 1989), in [-1, 1].
 */
export function concordanceCorrelation(options: CorrelationOptions = {}): Metric {
  return correlation('concordanceCorrelation', options, (y, p, axis) => {
    const kept = { axis, keepDims: true };
    const [meanY, meanP] = [meanOf(y, kept), meanOf(p, kept)];
    const covariance = mul(sub(y, meanP), sub(p, meanP));
    const spread = add(add(variance(y, kept), variance(p, kept)), square(sub(meanY, meanP)));
    return meanOf(div(mul(covariance, 2), add(spread, EPSILON)), axis);
  });
}

function correlation(
  where: string,
  options: CorrelationOptions,
  measure: (labels: Tensor, predictions: Tensor, axis: number) => Tensor,
): Metric {
  requireKnownOptions(options, ['name', 'axis'], where);
  const { name = where, axis = -1 } = options;
  return new Mean(name, (labels, predictions) =>
    measure(alignLabels(labels, predictions, where), predictions, axis),
  );
}
