import { fromHost, type Tensor } from '../../tensor/tensor.ts';
import { allocate, type DType, type TypedArray } from '../../util/dtypes.ts';
import { type Shape, sizeOf } from '../../util/shapes.ts';

/** The rows of one output, batch by batch. */
export class CollectedRows {
  readonly #rowShape: Shape;
  readonly #dtype: DType;
  #all: TypedArray;
  #filled = 0;
  #rows = 0;

  /** @param expected rows that there is room for at first */
  constructor({ shape: [, ...rowShape], dtype }: Tensor, expected: number) {
    this.#rowShape = rowShape;
    this.#dtype = dtype;
    this.#all = allocate(dtype, expected * sizeOf(rowShape));
  }

  /** @param elements of so many rows */
  add(elements: TypedArray, rows: number): void {
    const end = this.#filled + elements.length;
    if (end > this.#all.length) this.#makeRoom(Math.max(end, 2 * this.#all.length));
    this.#all.set(elements, this.#filled);
    this.#filled = end;
    this.#rows += rows;
  }

  /** All rows, [rows, ...row]. */
  tensor(): Tensor {
    return fromHost(this.#all.subarray(0, this.#filled), [this.#rows, ...this.#rowShape], this.#dtype);
  }

  #makeRoom(length: number): void {
    const larger = allocate(this.#dtype, length);
    larger.set(this.#all);
    this.#all = larger;
  }
}
