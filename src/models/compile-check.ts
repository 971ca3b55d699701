import { type LossLike, resolveLoss } from '../losses/resolve.ts';
import { type MetricLike, resolveMetric } from '../metrics/resolve.ts';
import { AntlerValueError } from '../util/errors.ts';
import { shown } from '../util/shown.ts';
import type { CompileOptions } from './compiled.ts';

/**
 * Checks names of losses and metrics before the outputs are known that they are for.
 * @throws AntlerValueError for unknown names, factories that were not called, and metrics outside a list
 */
export function requireKnownNames({ loss, metrics = [] }: CompileOptions, where: string): void {
  for (const one of entriesOf(loss)) if (isUnmade(one)) resolveLoss(one as LossLike, where);
  if (typeof metrics !== 'object') throw notAList(metrics, where);
  const context = { labels: 'values', outputs: 1, where } as const;
  for (const one of entriesOf(metrics)) if (isUnmade(one)) resolveMetric(one as MetricLike, context);
}

/** What is said of all outputs, output by output or by name. */
function entriesOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(entriesOf);
  if (typeof value !== 'object' || value === null || isMade(value)) return [value];
  return Object.values(value).flatMap(entriesOf);
}

/** Whether it is a loss or a metric itself. */
function isMade(value: object): boolean {
  return 'perExample' in value || 'update' in value;
}

/** Whether it is a name, or a factory that was not called. */
function isUnmade(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'function';
}

function notAList(metrics: unknown, where: string): AntlerValueError {
  const fix = `write metrics: [${typeof metrics === 'string' ? shown(metrics) : "'accuracy'"}]`;
  return new AntlerValueError({ where, expected: 'metrics, a list', got: shown(metrics), fix });
}
