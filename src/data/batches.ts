import type { TypedArray } from '../util/dtypes.ts';
import { AntlerDataError, AntlerValueError, invariant } from '../util/errors.ts';

/** A run of consecutive places in an order: `start` to `start + size`, end excluded. */
export interface Batch {
  readonly start: number;
  readonly size: number;
}

/**
 * Cuts `count` rows into batches of `batchSize`; the last may be smaller. As Keras 3.
 * @throws AntlerDataError if there are no rows; AntlerValueError unless `batchSize` is an integer in 1 .. count
 */
export function planBatches(count: number, batchSize: number, where: string): Batch[] {
  requireRows(count, where);
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > count) {
    throw new AntlerValueError({
      where,
      expected: `batchSize, an integer in 1 to ${count} (the rows of data)`,
      got: `${batchSize}`,
      fix: 'leave it out for 32, or all rows where there are fewer',
    });
  }
  return Array.from({ length: Math.ceil(count / batchSize) }, (_, batch) => {
    const start = batch * batchSize;
    return { start, size: Math.min(batchSize, count - start) };
  });
}

/** Rows to learn from: [0, trainCount); rows to validate on: [trainCount, trainCount + validationCount). */
export interface ValidationSplit {
  readonly trainCount: number;
  readonly validationCount: number;
}

/**
 * Sets the last `fraction` of the rows aside, before any shuffling: train keeps floor(count (1 - fraction)) rows.
 * As Keras 3 (`train_validation_split`).
 * @throws AntlerValueError unless 0 <= fraction < 1 and, for a positive fraction, both parts have rows
 */
export function splitValidation(count: number, fraction: number, where: string): ValidationSplit {
  requireRows(count, where);
  const trainCount = Math.floor(count * (1 - fraction));
  const isUsable = fraction === 0 || (trainCount > 0 && trainCount < count);
  if (fraction >= 0 && fraction < 1 && isUsable) return { trainCount, validationCount: count - trainCount };
  throw new AntlerValueError({
    where,
    expected: `validationSplit in [0, 1) that leaves rows in both parts of ${count}`,
    got: `${fraction}`,
    fix: 'it is a part, as 0.2 for a fifth',
  });
}

/**
 * Copies rows by index: row i of `target` is row `indices[i]` of `source`; elements are converted as a store does.
 * @param source [rows, rowSize], row-major
 * @param target [indices.length, rowSize] or longer
 */
export function gatherRows<Target extends TypedArray>(
  source: TypedArray,
  rowSize: number,
  indices: Int32Array,
  target: Target,
): Target {
  const rows = source.length / rowSize;
  invariant(target.length >= indices.length * rowSize, 'the target is too short for the rows');
  let offset = 0;
  for (const index of indices) {
    invariant(index >= 0 && index < rows, `row ${index} of ${rows}`);
    target.set(source.subarray(index * rowSize, (index + 1) * rowSize), offset);
    offset += rowSize;
  }
  return target;
}

function requireRows(count: number, where: string): void {
  if (count > 0) return;
  throw new AntlerDataError({ where, expected: 'at least one row of data', got: 'an empty dataset' });
}
