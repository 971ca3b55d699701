import type { LabelKind } from '../losses/loss.ts';
import { refuseOtherNames } from '../losses/other-names.ts';
import { AntlerShapeError } from '../util/errors.ts';
import { formatShape } from '../util/shapes.ts';
import { lookUp } from '../util/suggest.ts';
import { accuracyFor } from './accuracy.ts';
import * as metrics from './index.ts';
import type { Metric } from './metric.ts';

type Table = typeof metrics;

/** The names of the built-in metrics that need no options; `accuracy` chooses among the accuracies. */
export type MetricName = {
  [K in keyof Table]: [] extends Parameters<Table[K]> ? K : never;
}[keyof Table];

/** A built-in metric by name, with its defaults, or any metric. */
export type MetricLike = MetricName | Metric;

/** What metrics need to know of an output. */
export interface MetricContext {
  readonly labels: LabelKind;
  /** Extent of the last axis of the prediction. */
  readonly outputs: number;
  readonly where: string;
}

/**
 * A metric that is ready to be compiled into a training step.
 * @throws AntlerValueError for a name it does not know, with the one probably meant
 * @throws AntlerShapeError for a metric whose figure is not a single number
 */
export function resolveMetric(metric: MetricLike, context: MetricContext): Metric {
  const resolved = typeof metric === 'object' ? metric : metricNamed(metric, context);
  resolved.prepare?.(context.outputs);
  const { shape } = resolved.result();
  if (shape.length === 0) return resolved;
  throw new AntlerShapeError({
    where: context.where,
    expected: 'metrics that are one number',
    got: `${resolved.name} of shape ${formatShape(shape)}`,
    fix: 'choose how it is averaged, or update it with the predictions of predict',
  });
}

function metricNamed(name: string, { labels, outputs, where }: MetricContext): Metric {
  const table = { ...metrics, accuracy: () => accuracyFor(labels, outputs) };
  const context = { where, kind: 'a metric' };
  refuseOtherNames(name, table, context);
  // without its options a metric that needs some says which
  return lookUp<(options: never) => Metric>(table, name, context)(undefined as never);
}
