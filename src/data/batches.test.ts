import { describe, expect, it } from 'vitest';
import { AntlerDataError, AntlerInternalError, AntlerValueError } from '../util/errors.ts';
import { gatherRows, planBatches, splitValidation } from './batches.ts';

describe('planBatches', () => {
  it('keeps the last, smaller batch', () => {
    expect(planBatches(7, 3, 'fit')).toEqual([
      { start: 0, size: 3 },
      { start: 3, size: 3 },
      { start: 6, size: 1 },
    ]);
    expect(planBatches(6, 6, 'fit')).toEqual([{ start: 0, size: 6 }]);
    expect(planBatches(60_000, 128, 'fit').length).toBe(469);
  });

  it.each([0, -1, 1.5, Number.NaN, 11, Infinity])('refuses a batch size of %s for 10 rows', (batchSize) => {
    expect(() => planBatches(10, batchSize, 'fit')).toThrow(AntlerValueError);
    expect(() => planBatches(10, batchSize, 'fit')).toThrow(
      `fit: expected batchSize, an integer in 1 to 10 (the rows of data), got ${batchSize}`,
    );
  });

  it('refuses an empty dataset', () => {
    expect(() => planBatches(0, 1, 'fit')).toThrow(AntlerDataError);
    expect(() => planBatches(0, 1, 'fit')).toThrow(
      'fit: expected at least one row of data, got an empty dataset',
    );
  });
});

describe('splitValidation', () => {
  it.each([
    [60_000, 0.1, 54_000],
    [10, 0.25, 7],
    [10, 0, 10],
    [3, 0.5, 1],
  ])('of %i rows at %f keeps %i, as Keras', (count, fraction, trainCount) => {
    expect(splitValidation(count, fraction, 'fit')).toEqual({
      trainCount,
      validationCount: count - trainCount,
    });
  });

  it.each([-0.1, 1, 2, Number.NaN, 0.95])('refuses a fraction of %f of 10 rows', (fraction) => {
    expect(() => splitValidation(10, fraction, 'fit')).toThrow(AntlerValueError);
    expect(() => splitValidation(10, fraction, 'fit')).toThrow(
      'validationSplit in [0, 1) that leaves rows in both parts of 10',
    );
  });

  it('refuses an empty dataset', () => {
    expect(() => splitValidation(0, 0.1, 'fit')).toThrow(AntlerDataError);
  });
});

describe('gatherRows', () => {
  const source = Uint8Array.of(0, 1, 10, 11, 20, 21);

  it('copies rows in the order of the indices, converting elements', () => {
    const target = gatherRows(source, 2, Int32Array.of(2, 0, 2), new Float32Array(6));
    expect([...target]).toEqual([20, 21, 0, 1, 20, 21]);
  });

  it('leaves the rest of a longer target', () => {
    expect([...gatherRows(source, 2, Int32Array.of(1), new Uint8Array(4).fill(9))]).toEqual([10, 11, 9, 9]);
  });

  it('refuses rows that are not there', () => {
    expect(() => gatherRows(source, 2, Int32Array.of(3), new Uint8Array(2))).toThrow(AntlerInternalError);
    expect(() => gatherRows(source, 2, Int32Array.of(-1), new Uint8Array(2))).toThrow(AntlerInternalError);
    expect(() => gatherRows(source, 2, Int32Array.of(0, 1), new Uint8Array(3))).toThrow(
      'the target is too short',
    );
  });
});
