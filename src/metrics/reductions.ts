import { cast, mul } from '../ops/math/arithmetic.ts';
import { sum as sumOf } from '../ops/reduce/reduce.ts';
import { reshape } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { Accumulated } from './accumulated.ts';
import { Mean, type Metric, type MetricOptions } from './metric.ts';

/** Mean of the predictions; `add(values, weights)` takes values in without labels. */
export function mean(options: MetricOptions = {}): Mean {
  requireKnownOptions(options, ['name'], 'mean');
  return new Mean(options.name ?? 'mean', (_labels, values) => values);
}

/** Sum of the predictions, each row times its weight. */
export function sum(options: MetricOptions = {}): Metric {
  requireKnownOptions(options, ['name'], 'sum');
  return new Accumulated({
    name: options.name ?? 'sum',
    shapes: { total: [] },
    measure: (_labels, values, weights) => ({ total: weightedSum(values, weights) }),
    result: ({ total }) => total,
  });
}

/** Sum of values [batch, ...], each row times its weight. */
function weightedSum(values: Tensor, weights: Tensor | undefined): Tensor {
  const floats = cast(values, 'float32');
  if (!weights) return sumOf(floats);
  const rows = sumOf(reshape(floats, [floats.shape[0] ?? 1, -1]), 1);
  return sumOf(mul(rows, cast(weights, 'float32')));
}
