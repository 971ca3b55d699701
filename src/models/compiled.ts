import type { Loss } from '../losses/loss.ts';
import { type LossLike, resolveLoss } from '../losses/resolve.ts';
import { Mean, type Metric } from '../metrics/metric.ts';
import { type MetricLike, resolveMetric } from '../metrics/resolve.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { type OptimizerLike, resolveOptimizer } from '../optimizers/resolve.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Variable } from '../tensor/variable.ts';
import { AntlerValueError } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';

/** How a model is trained and measured. */
export interface CompileOptions {
  /** An optimizer, or the name of one with its default options. */
  readonly optimizer: OptimizerLike;
  /** A loss, or the name of one with its default options. */
  readonly loss: LossLike;
  /** Measured beside the loss. Default none. */
  readonly metrics?: readonly MetricLike[];
}

/** Optimizer, loss and metrics of a model, and the figures over the batches so far. */
export class Compiled {
  readonly optimizer: Optimizer;
  readonly loss: Loss;
  /** Mean of the batches' losses, penalties included. */
  readonly lossTracker = new Mean('loss', (_labels, predictions) => predictions);
  readonly #requested: readonly MetricLike[];
  #metrics: readonly Metric[] | undefined;
  readonly #results = jit(() => this.#trackers().map((tracker) => tracker.result()));

  constructor(options: CompileOptions, where: string) {
    requireKnownOptions(options, ['optimizer', 'loss', 'metrics'], `${where}.compile`);
    for (const name of ['optimizer', 'loss'] as const) {
      if (options[name] !== undefined) continue;
      throw new AntlerValueError({ where: `${where}.compile`, expected: `the option ${name}`, got: 'none' });
    }
    this.optimizer = resolveOptimizer(options.optimizer, `${where}.compile`);
    this.loss = resolveLoss(options.loss, `${where}.compile`);
    this.#requested = options.metrics ?? [];
  }

  /** The metrics; `accuracy` is decided by what the loss takes and the model gives. */
  metricsFor(outputs: number, where: string): readonly Metric[] {
    this.#metrics ??= this.#requested.map((metric) =>
      resolveMetric(metric, { labels: this.loss.labels, outputs, where: `${where}.compile` }),
    );
    return this.#metrics;
  }

  /** States of loss and metrics. */
  get trackerVariables(): readonly Variable[] {
    return this.#trackers().flatMap((tracker) => tracker.variables);
  }

  /** Names and values of loss and metrics over the batches so far. */
  async figures(): Promise<Record<string, number>> {
    const results = this.#results();
    const values = await Promise.all(results.map((result: Tensor) => result.item()));
    return Object.fromEntries(this.#trackers().map(({ name }, i) => [name, values[i] ?? Number.NaN]));
  }

  /** Forgets all batches. */
  reset(): void {
    for (const tracker of this.#trackers()) tracker.reset();
  }

  #trackers(): Metric[] {
    return [this.lossTracker, ...(this.#metrics ?? [])];
  }
}
