import { scalar } from '../ops/create.ts';
import { add, cast, div, mul, where } from '../ops/math/arithmetic.ts';
import { equal } from '../ops/math/compare.ts';
import { mean, sum } from '../ops/reduce/reduce.ts';
import { reshape } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { Variable } from '../tensor/variable.ts';
import { AntlerShapeError } from '../util/errors.ts';
import { formatShape, sameShape } from '../util/shapes.ts';
import { requireKnownOptions } from '../util/suggest.ts';

/**
 * A figure over many batches. Its state is variables, so that a compiled step updates it and nobody waits for
 * a value before asking for one.
 */
export interface Metric {
  /** Key in logs and results, e.g. `accuracy`. */
  readonly name: string;
  /** The state, as far as it exists. */
  readonly variables: readonly Variable[];
  /** Makes a state that depends on the last extent of the predictions. `compile` calls it, else the first update. */
  prepare?(outputs: number): void;
  /**
   * Takes a batch in.
   * @param weights of the examples, [batch]
   */
  update(labels: Tensor, predictions: Tensor, weights?: Tensor): void;
  /** The figure so far, most often a scalar; 0 before the first batch. */
  result(): Tensor;
  /** Forgets all batches. */
  reset(): void;
}

/** Weighted sum of values and sum of weights, the state of every mean. */
export class Mean implements Metric {
  readonly name: string;
  readonly #measure: (labels: Tensor, predictions: Tensor) => Tensor;
  readonly #total: Variable;
  readonly #count: Variable;

  /** @param measure the values to average, [batch] or [batch, ...] */
  constructor(name: string, measure: (labels: Tensor, predictions: Tensor) => Tensor) {
    this.name = name;
    this.#measure = measure;
    this.#total = new Variable(scalar(0), { name: `${name}/total`, trainable: false });
    this.#count = new Variable(scalar(0), { name: `${name}/count`, trainable: false });
  }

  get variables(): readonly Variable[] {
    return [this.#total, this.#count];
  }

  update(labels: Tensor, predictions: Tensor, weights?: Tensor): void {
    this.add(this.#measure(labels, predictions), weights);
  }

  /**
   * Takes values in that were measured already: a scalar or [batch, ...].
   * @param weights of the values, in the shape of some of their leading axes: a scalar, [batch] or [batch, ...]
   */
  add(values: Tensor, weights?: Tensor): void {
    const measured = cast(values, 'float32');
    const weight = weights && cast(weights, 'float32');
    const rows = rowMeans(weight ? mul(meansBehind(measured, weight, this.name), weight) : measured);
    this.#total.assign(add(this.#total.read(), sum(rows)));
    this.#count.assign(add(this.#count.read(), weight ? sum(rowMeans(weight)) : rows.size));
  }

  result(): Tensor {
    const [total, count] = [this.#total.read(), this.#count.read()];
    const isEmpty = equal(count, 0);
    return where(isEmpty, 0, div(total, where(isEmpty, 1, count)));
  }

  reset(): void {
    for (const variable of this.variables) variable.assign(scalar(0));
  }
}

/** Means over all axes but the first. */
function rowMeans(values: Tensor): Tensor {
  return values.rank > 1 ? mean(reshape(values, [values.shape[0] ?? 1, -1]), -1) : values;
}

/** Means over the axes that weights do not have. @throws AntlerShapeError for weights of other extents */
function meansBehind(values: Tensor, { shape, rank }: Tensor, where: string): Tensor {
  const leading = values.shape.slice(0, rank);
  if (!sameShape(shape, leading)) {
    throw new AntlerShapeError({
      where: `${where}, weights`,
      expected: `one weight a value, ${formatShape(leading)}`,
      got: formatShape(shape),
    });
  }
  return values.rank > rank ? mean(reshape(values, [...shape, -1]), -1) : values;
}

/** Options that every metric has. */
export interface MetricOptions {
  /** Key in logs. Default: the name of the metric. */
  readonly name?: string;
}

/** Makes the factory of a metric that is the mean of a figure of each example. */
export function defineMean(
  name: string,
  measure: (labels: Tensor, predictions: Tensor) => Tensor,
): (options?: MetricOptions) => Metric {
  return (options = {}) => {
    requireKnownOptions(options, ['name'], name);
    return new Mean(options.name ?? name, measure);
  };
}
