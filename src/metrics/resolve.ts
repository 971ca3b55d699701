import type { LabelKind } from '../losses/loss.ts';
import { lookUp } from '../util/suggest.ts';
import { accuracyFor } from './accuracy.ts';
import * as metrics from './index.ts';
import type { Metric } from './metric.ts';

/** The names of the built-in metrics; `accuracy` chooses among the accuracies. */
export type MetricName = keyof typeof metrics | 'accuracy';

/** A built-in metric by name, with its defaults, or any metric. */
export type MetricLike = MetricName | Metric;

/** What `accuracy` needs to know to choose. */
export interface MetricContext {
  readonly labels: LabelKind;
  /** Extent of the last axis of the prediction. */
  readonly outputs: number;
  readonly where: string;
}

/** @throws AntlerValueError for a name it does not know */
export function resolveMetric(metric: MetricLike, { labels, outputs, where }: MetricContext): Metric {
  if (typeof metric === 'object') return metric;
  const table = { accuracy: () => accuracyFor(labels, outputs), ...metrics };
  return lookUp<() => Metric>(table, metric, { where, kind: 'a metric' })();
}
