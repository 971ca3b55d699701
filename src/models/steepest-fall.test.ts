import { describe, expect, it } from 'vitest';
import { steepestFall } from './steepest-fall.ts';

describe('steepestFall', () => {
  it('is the rate in the middle of the fall', () => {
    expect(steepestFall([1, 2, 3, 4, 5], [9, 8, 5, 2, 2])).toBe(3);
  });

  it('is not where the loss comes back from a jump', () => {
    expect(steepestFall([1, 2, 3, 4, 5, 6, 7], [9, 8, 6, 5, 30, 12, 4.5])).toBe(2);
  });

  it('is nowhere if the loss never falls', () => {
    expect(steepestFall([1, 2, 3], [1, 1, 2])).toBeNull();
  });
});
