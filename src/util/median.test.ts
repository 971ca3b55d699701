import { describe, expect, it } from 'vitest';
import { median } from './median.ts';

describe('median', () => {
  it('is the middle of an odd count, in whatever order', () => expect(median([10, 9, 1])).toBe(9));
  it('is the mean of the two in the middle of an even count', () =>
    expect(median(Int32Array.of(4, 1, 2, 3))).toBe(2.5));
  it('is not a number of none', () => expect(median([])).toBeNaN());
});
