import { gatherRows } from '../data/batches.ts';
import { fromHost, type Tensor } from '../tensor/tensor.ts';
import { allocate, type TypedArray } from '../util/dtypes.ts';
import type { Rows } from './rows.ts';

/** Puts chosen rows of a dataset on the device, a batch at a time, through one host array. */
export class BatchReader {
  readonly #rows: Rows;
  readonly #staging: TypedArray;

  /** @param largest rows of the largest batch */
  constructor(rows: Rows, largest: number) {
    this.#rows = rows;
    this.#staging = allocate(rows.dtype, largest * rows.rowSize);
  }

  /** A tensor [indices.length, ...row] of the rows in that order. */
  read(indices: Int32Array): Tensor {
    const { data, rowSize, rowShape, dtype } = this.#rows;
    gatherRows(data, rowSize, indices, this.#staging);
    const elements = this.#staging.subarray(0, indices.length * rowSize);
    return fromHost(elements, [indices.length, ...rowShape], dtype);
  }
}
