import { scalar, zeros } from '../ops/create.ts';
import { add } from '../ops/math/arithmetic.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { Variable } from '../tensor/variable.ts';
import { at } from '../util/errors.ts';
import type { Shape } from '../util/shapes.ts';
import type { Metric } from './metric.ts';

/** Tensors by the name of a sum. */
export type Sums<Key extends string> = { readonly [K in Key]: Tensor };

/** A figure that follows from sums over all batches. */
export interface Accumulation<Key extends string> {
  /** Key in logs. */
  readonly name: string;
  /** Shapes of the sums, or how they follow from the last extent of the predictions. */
  readonly shapes: ShapesOf<Key> | ((outputs: number) => ShapesOf<Key>);
  /**
   * What a batch adds to each sum.
   * @param weights of the examples, float32 [batch]
   */
  measure(labels: Tensor, predictions: Tensor, weights: Tensor | undefined): Sums<Key>;
  /** The figure that the sums give. */
  result(sums: Sums<Key>): Tensor;
}

type ShapesOf<Key extends string> = { readonly [K in Key]: Shape };

/** A metric whose state is sums. */
export class Accumulated<Key extends string> implements Metric {
  readonly name: string;
  readonly #definition: Accumulation<Key>;
  #sums: ReadonlyMap<Key, Variable> | undefined;

  constructor(definition: Accumulation<Key>) {
    this.name = definition.name;
    this.#definition = definition;
    if (typeof definition.shapes !== 'function') this.#sums = this.#zeros(definition.shapes);
  }

  get variables(): readonly Variable[] {
    return [...(this.#sums?.values() ?? [])];
  }

  prepare(outputs: number): void {
    const { shapes } = this.#definition;
    if (!this.#sums && typeof shapes === 'function') this.#sums = this.#zeros(shapes(outputs));
  }

  update(labels: Tensor, predictions: Tensor, weights?: Tensor): void {
    this.prepare(predictions.rank > 0 ? at(predictions.shape, -1) : 1);
    const added = this.#definition.measure(labels, predictions, weights);
    for (const [key, sum] of this.#sums ?? []) sum.assign(add(sum.read(), added[key]));
  }

  result(): Tensor {
    if (!this.#sums) return scalar(0);
    const entries = [...this.#sums].map(([key, sum]) => [key, sum.read()]);
    return this.#definition.result(Object.fromEntries(entries) as Sums<Key>);
  }

  reset(): void {
    for (const variable of this.variables) variable.assign(zeros(variable.shape));
  }

  #zeros(shapes: ShapesOf<Key>): ReadonlyMap<Key, Variable> {
    const entries = (Object.entries(shapes) as [Key, Shape][]).map(([key, shape]): [Key, Variable] => [
      key,
      new Variable(zeros(shape), { name: `${this.name}/${key}`, trainable: false }),
    ]);
    return new Map(entries);
  }
}
