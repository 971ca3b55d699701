import type { Storage } from '../backends/backend.ts';
import type { Node } from '../graph/node.ts';
import { input } from '../primitives/leaf.ts';
import { allocate, type DType, type TypedArray } from '../util/dtypes.ts';
import { AntlerShapeError, AntlerValueError, at, invariant } from '../util/errors.ts';
import { formatShape, type Shape, sizeOf } from '../util/shapes.ts';
import { backend } from './engine.ts';
import { formatValues } from './format.ts';
import { realizeOne } from './realize.ts';
import { hostValue, naming } from './refusal.ts';

/** Nested arrays of numbers or booleans, as deep as the rank. */
export type NestedArray = number | boolean | readonly NestedArray[];

/**
 * An immutable n-dimensional array. Operations on tensors give new tensors and compute nothing:
 * they note what is to be done, and the whole is compiled and run when somebody looks
 * (`await x.data()`). The garbage collector owns tensors; `dispose` and `using` only hurry it.
 */
export class Tensor {
  readonly #node: Node;
  #disposed = false;
  #signature: string | undefined;

  /** Not for users: tensors come from `tensor(...)`, `zeros(...)` and operations. */
  constructor(node: Node) {
    this.#node = node;
  }

  /** Extents, outermost first; [] for a scalar. */
  get shape(): Shape {
    return this.#node.shape;
  }

  get dtype(): DType {
    return this.#node.dtype;
  }

  /** Dtype and shape as text, e.g. `float32[4,2]`: what `jit` knows a program by. */
  get signature(): string {
    this.#signature ??= `${this.dtype}[${this.shape.join()}]`;
    return this.#signature;
  }

  /** Number of axes. */
  get rank(): number {
    return this.shape.length;
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /**
   * The graph node of this value. For code inside Antler.
   * @throws AntlerValueError after `dispose`
   */
  get node(): Node {
    if (!this.#disposed) return this.#node;
    throw new AntlerValueError({
      where: 'tensor',
      expected: 'a live tensor',
      got: 'one that was disposed of or donated',
      fix: 'read it before, or leave disposing to the garbage collector',
    });
  }

  /** The elements in row-major order, computed now if they were not yet. The array is the caller's own. */
  async data(): Promise<TypedArray> {
    return (await backend().read(realizeOne(this.node))).slice();
  }

  /** `data` without waiting; blocks the thread until the elements are there. */
  dataSync(): TypedArray {
    return backend().readSync(realizeOne(this.node)).slice();
  }

  /** The elements as nested arrays, as deep as the rank; booleans for bool. */
  async array(): Promise<NestedArray> {
    return nest(this.shape, this.dtype, await this.data());
  }

  /** `array` without waiting. */
  arraySync(): NestedArray {
    return nest(this.shape, this.dtype, this.dataSync());
  }

  /**
   * The only element, as a number.
   * @throws AntlerShapeError unless there is exactly one
   */
  async item(): Promise<number> {
    return onlyElement(this.shape, await this.data());
  }

  /** `item` without waiting. */
  itemSync(): number {
    return onlyElement(this.shape, this.dataSync());
  }

  /** Prints the elements as NumPy does. */
  toString(): string {
    return formatValues(this.shape, this.dtype, this.dataSync());
  }

  /** What `console.log` shows in Node: dtype, shape and elements; no elements while a function is traced. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const head = `Tensor ${this.dtype}${formatShape(this.shape)}`;
    return this.#disposed
      ? `${head} (disposed)`
      : isAbstract(this.#node)
        ? `${head} (traced)`
        : `${head}\n${this}`;
  }

  /** Writes `toString()` to the console. */
  print(): void {
    console.log(this.toString());
  }

  /** Gives the memory back now. Using the tensor afterwards is an error. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    if (this.#node.value !== undefined) backend().release(this.#node.value as Storage);
  }

  /** Leaves the memory to somebody else. Using the tensor afterwards is an error. For `jit`. */
  giveAway(): void {
    this.#disposed = true;
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** A tensor of stored elements. */
export function fromStorage(storage: Storage, shape: Shape): Tensor {
  const leaf = input({ shape, dtype: storage.dtype });
  leaf.settle(storage, false);
  return new Tensor(leaf);
}

/** A tensor of host elements in row-major order; the array is copied. */
export function fromHost(data: TypedArray, shape: Shape, dtype: DType): Tensor {
  invariant(data.length === sizeOf(shape), 'as many elements as the shape has');
  const what = () => hostValue(shape, dtype);
  return fromStorage(
    naming(what, () => backend().upload(dtype, data)),
    shape,
  );
}

/** Whether the value depends on an argument of a function being traced. */
function isAbstract(node: Node): boolean {
  const pending = [node];
  const seen = new Set<Node>();
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (next.value !== undefined || seen.has(next)) continue;
    seen.add(next);
    if (next.primitive === input.primitive) return true;
    pending.push(...next.inputs);
  }
  return false;
}

function onlyElement(shape: Shape, data: TypedArray): number {
  if (data.length === 1) return at(data, 0);
  throw new AntlerShapeError({
    where: 'item',
    expected: 'a tensor of one element',
    got: `shape ${formatShape(shape)}`,
    fix: 'use data() or array()',
  });
}

function nest(shape: Shape, dtype: DType, data: TypedArray): NestedArray {
  const [extent, ...rest] = shape;
  if (extent === undefined) return dtype === 'bool' ? at(data, 0) !== 0 : at(data, 0);
  const block = sizeOf(rest);
  return Array.from({ length: extent }, (_, i) =>
    nest(rest, dtype, data.subarray(i * block, (i + 1) * block)),
  );
}

/** A copy of the elements converted to `dtype` with its rounding. */
export function hostArray(dtype: DType, values: ArrayLike<number>): TypedArray {
  const host = allocate(dtype, values.length);
  for (let i = 0; i < values.length; i++)
    host[i] = dtype === 'bool' ? Number(at(values, i) !== 0) : at(values, i);
  return host;
}
