import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../create.ts';
import { nonzero, unique } from './data-dependent.ts';

describe('unique', () => {
  it('finds the distinct elements, their places and how many there are', async () => {
    const found = await unique(
      tensor([
        [3, 1, 3],
        [2, 1, 3],
      ]),
    );
    expect(found.values.arraySync()).toEqual([1, 2, 3]);
    expect(found.indices.arraySync()).toEqual([1, 3, 0]);
    expect(found.inverse.arraySync()).toEqual([
      [2, 0, 2],
      [1, 0, 2],
    ]);
    expect(found.counts.arraySync()).toEqual([2, 1, 3]);
  });

  it('counts NaN as one value, behind infinity', async () => {
    const { values, counts } = await unique([NaN, Infinity, NaN, 0]);
    expect(values.arraySync()).toEqual([0, Infinity, NaN]);
    expect(counts.arraySync()).toEqual([1, 1, 2]);
  });

  it('keeps the dtype, and takes nothing', async () => {
    expect((await unique(tensor([true, false], 'bool'))).values.arraySync()).toEqual([false, true]);
    expect((await unique(zeros([0]))).values.shape).toEqual([0]);
  });
});

describe('nonzero', () => {
  it('gives indices axis by axis', async () => {
    const [rows, columns] = await nonzero(
      tensor([
        [0, 4, 0],
        [NaN, 0, -1],
      ]),
    );
    expect(rows?.arraySync()).toEqual([0, 1, 1]);
    expect(columns?.arraySync()).toEqual([1, 0, 2]);
  });
});
