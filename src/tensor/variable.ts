import type { Storage } from '../backends/backend.ts';
import type { DType } from '../util/dtypes.ts';
import { AntlerShapeError, AntlerTypeError } from '../util/errors.ts';
import { formatShape, type Shape, sameShape } from '../util/shapes.ts';
import { shown } from '../util/shown.ts';
import { backend } from './engine.ts';
import { realizeOne } from './realize.ts';
import { fromStorage, Tensor } from './tensor.ts';
import { currentTrace } from './trace.ts';
import { tracedInput } from './traced-input.ts';

export interface VariableOptions {
  /** Shown in summaries and errors; names of saved weights. */
  readonly name?: string;
  /** Whether training may change it. Default true. */
  readonly trainable?: boolean;
  /** What an optimizer makes of each new value, for instance one without negative elements. */
  readonly constraint?: ((value: Tensor) => Tensor) | undefined;
}

/**
 * A named cell that holds a tensor of fixed shape and dtype: a weight, an optimizer's slot, a counter.
 * Inside `jit` reads and assignments become inputs and outputs of the compiled program,
 * which updates the memory in place.
 */
export class Variable {
  /** Models rename the weights of layers that they take in. */
  name: string;
  readonly shape: Shape;
  readonly dtype: DType;
  trainable: boolean;
  readonly constraint: ((value: Tensor) => Tensor) | undefined;
  #value: Tensor;
  /** Somebody outside holds the tensor, so its memory must not be overwritten. */
  #shared: boolean;

  constructor(initial: Tensor, { name = 'variable', trainable = true, constraint }: VariableOptions = {}) {
    this.name = name;
    this.shape = initial.shape;
    this.dtype = initial.dtype;
    this.trainable = trainable;
    this.constraint = constraint;
    this.#value = initial;
    this.#shared = true;
  }

  /** The present value. */
  read(): Tensor {
    const trace = currentTrace();
    if (!trace) {
      this.#shared = true;
      return this.#value;
    }
    return trace.writes.get(this) ?? this.#placeholder(trace.reads);
  }

  /**
   * Replaces the value.
   * @throws AntlerShapeError, AntlerTypeError unless shape and dtype are the variable's
   */
  assign(value: Tensor): void {
    this.#requireFit(value);
    const trace = currentTrace();
    if (trace) {
      trace.writes.set(this, value);
    } else {
      this.#value = value;
      this.#shared = true;
    }
  }

  /** The stored elements for a program that may overwrite them. For `jit`. */
  takeStorage(): Storage {
    const storage = realizeOne(this.#value.node);
    return this.#shared ? backend().copy(storage) : storage;
  }

  /** The stored elements for a program that only reads them. For `jit`. */
  peekStorage(): Storage {
    return realizeOne(this.#value.node);
  }

  /** Takes over elements that nobody else holds. For `jit`. */
  adoptStorage(storage: Storage): void {
    // a program that updates in place gives back the storage it took
    if (!this.#shared && this.#value.node.value === storage) return;
    this.#value = fromStorage(storage, this.shape);
    this.#shared = false;
  }

  #placeholder(reads: Map<Variable, Tensor>): Tensor {
    const known = reads.get(this);
    if (known) return known;
    const placeholder = tracedInput(this);
    reads.set(this, placeholder);
    return placeholder;
  }

  #requireFit(value: Tensor): void {
    const where = this.name;
    if (!(value instanceof Tensor)) {
      const fix = 'make one with tensor(value)';
      throw new AntlerTypeError({ where, expected: 'a tensor to assign', got: shown(value), fix });
    }
    if (!sameShape(value.shape, this.shape)) {
      throw new AntlerShapeError({
        where,
        expected: formatShape(this.shape),
        got: formatShape(value.shape),
        fix: 'a variable keeps its shape: reshape the value, or make another variable',
      });
    }
    if (value.dtype !== this.dtype) {
      const fix = `convert with cast(x, '${this.dtype}')`;
      throw new AntlerTypeError({ where, expected: this.dtype, got: value.dtype, fix });
    }
  }
}
