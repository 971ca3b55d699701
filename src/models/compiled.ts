import { ownKey } from '../layers/keras-keys.ts';
import type { Loss } from '../losses/loss.ts';
import { type LossLike, resolveLoss } from '../losses/resolve.ts';
import { Mean, type Metric } from '../metrics/metric.ts';
import { type MetricLike, resolveMetric } from '../metrics/resolve.ts';
import { full, scalar } from '../ops/create.ts';
import { add } from '../ops/math/arithmetic.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import { type OptimizerLike, resolveOptimizer } from '../optimizers/resolve.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Variable } from '../tensor/variable.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { requireKnownNames } from './compile-check.ts';
import { type ModelOutput, type NamedMetric, OutputHead } from './output-head.ts';
import { distribute, type PerOutput } from './per-output.ts';

/** Metrics of one output. */
type Metrics = MetricLike | readonly MetricLike[];

/** How a model is trained and measured. */
export interface CompileOptions {
  /** An optimizer, or the name of one with its default options. */
  readonly optimizer: OptimizerLike;
  /**
   * A loss, or the name of one with its default options; for all outputs, or for each in their order or by name.
   * Null for outputs that nothing is learnt from.
   */
  readonly loss: PerOutput<LossLike>;
  /** Factors of the outputs' losses in the sum, in their order or by name. Default 1. */
  readonly lossWeights?: PerOutput<number>;
  /**
   * Measured beside the loss. For a model of several outputs a list of lists in their order, or by name. Default
   * none.
   */
  readonly metrics?: readonly Metrics[] | { readonly [output: string]: Metrics };
  /** As `metrics`, but examples count as much as `sampleWeight` or `classWeight` says. Default none. */
  readonly weightedMetrics?: CompileOptions['metrics'];
}

/** Labels, predictions and weights of a batch, output by output. */
export interface Measured {
  readonly labels: readonly (Tensor | null)[];
  readonly predictions: readonly Tensor[];
  readonly sampleWeight: Tensor | null;
}

/** Optimizer, losses and metrics of a model, and the figures over the batches so far. */
export class Compiled {
  readonly optimizer: Optimizer;
  /** Mean of the batches' losses, penalties included. */
  readonly lossTracker = new Mean('loss', (_labels, predictions) => predictions);
  /** As they were given. */
  readonly options: CompileOptions;
  readonly #where: string;
  #heads: readonly OutputHead[] | undefined;
  readonly #results = jit(() => this.#trackers().map(({ metric }) => metric.result()));

  constructor(options: CompileOptions, where: string) {
    this.#where = `${where}.compile`;
    requireKnownOptions(
      options,
      ['optimizer', 'loss', 'lossWeights', 'metrics', 'weightedMetrics'],
      this.#where,
    );
    for (const name of ['optimizer', 'loss'] as const) {
      if (options[name] !== undefined) continue;
      const fix = "write compile({ optimizer: 'adam', loss: 'meanSquaredError' })";
      throw new AntlerValueError({ where: this.#where, expected: `the option ${name}`, got: 'none', fix });
    }
    this.optimizer = resolveOptimizer(options.optimizer, this.#where);
    requireKnownNames(options, this.#where);
    this.options = options;
  }

  /** Decides loss and metrics of each output; `accuracy` depends on what the loss takes and the model gives. */
  headsFor(outputs: readonly ModelOutput[]): readonly OutputHead[] {
    this.#heads ??= this.#headsOf(outputs);
    return this.#heads;
  }

  /** The sum of the outputs' losses, each with its weight. */
  loss(batch: Measured): Tensor {
    const { predictions, sampleWeight } = batch;
    const losses = this.#preparedHeads().map((head, i) => {
      const labels = batch.labels[i];
      return labels ? head.weightedLoss(labels, at(predictions, i), sampleWeight ?? undefined) : undefined;
    });
    const present = losses.filter((loss) => loss !== undefined);
    return present.length > 0 ? present.reduce(add) : scalar(0);
  }

  /** Takes a batch into loss and metrics. */
  measure(batch: Measured, loss: Tensor): void {
    const { predictions, sampleWeight } = batch;
    this.lossTracker.add(loss, full([], at(predictions, 0).shape[0] ?? 1));
    this.#preparedHeads().forEach((head, i) => {
      const labels = batch.labels[i];
      if (labels) head.measure(labels, at(predictions, i), sampleWeight ?? undefined);
    });
  }

  /** States of loss and metrics. */
  get trackerVariables(): readonly Variable[] {
    return this.#trackers().flatMap(({ metric }) => metric.variables);
  }

  /** Names and values of loss and metrics over the batches so far. */
  async figures(): Promise<Record<string, number>> {
    const results = this.#results();
    const values = await Promise.all(results.map((result: Tensor) => result.item()));
    return Object.fromEntries(this.#trackers().map(({ key }, i) => [key, values[i] ?? Number.NaN]));
  }

  /** Forgets all batches. */
  reset(): void {
    for (const { metric } of this.#trackers()) metric.reset();
  }

  #trackers(): NamedMetric[] {
    const heads = this.#heads ?? [];
    return [
      { key: 'loss', metric: this.lossTracker },
      ...heads.flatMap((head) => head.lossTrackers),
      ...heads.flatMap((head) => head.metrics),
    ];
  }

  #preparedHeads(): readonly OutputHead[] {
    if (this.#heads) return this.#heads;
    throw new AntlerValueError({
      where: this.#where,
      expected: 'a model whose outputs are known',
      got: 'one that has not seen data',
      fix: 'call prepareTraining() after build, or fit',
    });
  }

  #headsOf(outputs: readonly ModelOutput[]): OutputHead[] {
    const { loss, lossWeights = 1, metrics = [], weightedMetrics = [] } = this.options;
    const names = outputs.map(({ name }) => name);
    const where = (option: string) => ({ names, where: `${this.#where}, ${option}` });
    const losses = distribute(loss, isLoss, where('loss')).map((of) => of && resolveLoss(of, this.#where));
    const weights = distribute(lossWeights, (value) => typeof value === 'number', where('lossWeights'));
    const perOutput = (given: NonNullable<CompileOptions['metrics']>, option: string) =>
      distribute<Metrics>(given, () => isForAll(given, outputs.length), where(option));
    const [wanted, weighted] = [perOutput(metrics, 'metrics'), perOutput(weightedMetrics, 'weightedMetrics')];
    const several = losses.filter((of) => of !== null).length > 1;
    return outputs.map((output, i) => {
      const of = losses[i] ?? undefined;
      const metricsOf = (measured: Metrics | null | undefined) =>
        this.#metricsOf([measured ?? []].flat() as MetricLike[], of, output, outputs.length > 1);
      return new OutputHead(output, {
        loss: of,
        weight: weights[i] ?? 1,
        metrics: metricsOf(wanted[i]),
        weightedMetrics: metricsOf(weighted[i]),
        lossKey: of && several ? keyOf(output.name, 'loss') : undefined,
      });
    });
  }

  #metricsOf(
    wanted: readonly MetricLike[],
    loss: Loss | undefined,
    { name, shape }: ModelOutput,
    isOneOfSeveral: boolean,
  ): NamedMetric[] {
    const context = { labels: loss?.labels ?? 'values', outputs: shape.at(-1) ?? 1, where: this.#where };
    return wanted.map((like) => {
      const metric: Metric = resolveMetric(like, context);
      return { key: isOneOfSeveral ? keyOf(name, metric.name) : metric.name, metric };
    });
  }
}

/** `dense_1` and `accuracy` give `dense1Accuracy`. */
function keyOf(output: string, figure: string): string {
  return ownKey(`${output}_${figure}`);
}

function isLoss(value: PerOutput<LossLike>): value is LossLike {
  return typeof value === 'string' || (typeof value === 'object' && 'perExample' in value);
}

/** Whether metrics are not listed output by output: for there is only one, or they are none. */
function isForAll(metrics: CompileOptions['metrics'], outputs: number): boolean {
  if (!Array.isArray(metrics)) return false;
  return metrics.length === 0 || (outputs === 1 && !metrics.some((metric) => Array.isArray(metric)));
}
