import type { BatchShape } from '../layers/batch-shape.ts';
import { maskOf } from '../layers/masks.ts';
import type { Loss } from '../losses/loss.ts';
import { Mean, type Metric } from '../metrics/metric.ts';
import { full } from '../ops/create.ts';
import { cast, mul } from '../ops/math/arithmetic.ts';
import { reshape } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { maskedLoss } from './masked-loss.ts';

/** What the outputs of a model are, as `compile` needs to know it. */
export interface ModelOutput {
  readonly name: string;
  readonly shape: BatchShape;
}

/** A metric and its key in logs. */
export interface NamedMetric {
  readonly key: string;
  readonly metric: Metric;
}

/** Parts of a head. */
interface HeadParts {
  /** Undefined where nothing is learnt from the output. */
  readonly loss: Loss | undefined;
  /** Of the loss in the sum. */
  readonly weight: number;
  readonly metrics: readonly NamedMetric[];
  /** Metrics in which examples count as much as in the loss. */
  readonly weightedMetrics: readonly NamedMetric[];
  /** Key of the mean loss in logs; undefined where the model has no other loss. */
  readonly lossKey: string | undefined;
}

/** Loss and metrics of one output. */
export class OutputHead {
  readonly output: ModelOutput;
  readonly loss: Loss | undefined;
  readonly #weight: number;
  readonly #metrics: readonly NamedMetric[];
  readonly #weightedMetrics: readonly NamedMetric[];
  readonly #tracker: Mean | undefined;

  constructor(output: ModelOutput, { loss, weight, metrics, weightedMetrics, lossKey }: HeadParts) {
    this.output = output;
    this.loss = loss;
    this.#weight = weight;
    this.#metrics = metrics;
    this.#weightedMetrics = weightedMetrics;
    this.#tracker = lossKey === undefined ? undefined : new Mean(lossKey, (_labels, values) => values);
  }

  /** Everything that is measured here but the metrics. */
  get lossTrackers(): readonly NamedMetric[] {
    return this.#tracker ? [{ key: this.#tracker.name, metric: this.#tracker }] : [];
  }

  get metrics(): readonly NamedMetric[] {
    return [...this.#metrics, ...this.#weightedMetrics];
  }

  /** The part of this output in the loss of the model, or undefined where it has none. */
  weightedLoss(labels: Tensor, prediction: Tensor, sampleWeight: Tensor | undefined): Tensor | undefined {
    const loss = this.loss && maskedLoss(this.loss, labels, prediction, sampleWeight);
    return loss && this.#weight !== 1 ? mul(loss, this.#weight) : loss;
  }

  /** Takes a batch in. */
  measure(labels: Tensor, prediction: Tensor, sampleWeight: Tensor | undefined): void {
    if (this.#tracker && this.loss) {
      const loss = maskedLoss(this.loss, labels, prediction, sampleWeight);
      this.#tracker.add(loss, full([], prediction.shape[0] ?? 1));
    }
    const mask = maskOf(prediction);
    for (const { metric } of this.#metrics) {
      // as in Keras, only means heed masks
      metric.update(labels, prediction, metric instanceof Mean ? mask : undefined);
    }
    for (const { metric } of this.#weightedMetrics) {
      metric.update(
        labels,
        prediction,
        combinedWeights(metric instanceof Mean ? mask : undefined, sampleWeight),
      );
    }
  }
}

/** The weight of each value: that of its example, and nothing where a mask leaves it out. */
function combinedWeights(mask: Tensor | undefined, sampleWeight: Tensor | undefined): Tensor | undefined {
  if (!mask || !sampleWeight) return mask ?? sampleWeight;
  const perExample = reshape(sampleWeight, [-1, ...mask.shape.slice(1).map(() => 1)]);
  return mul(cast(mask, perExample.dtype), perExample);
}
