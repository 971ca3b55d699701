import { describe, expect, it } from 'vitest';
import { median, pairedRatio } from './statistics.ts';

describe('median', () => {
  it('is the middle of an odd count, in any order', () => {
    expect(median([9, 1, 5])).toBe(5);
  });

  it('is the mean of the two in the middle of an even count', () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });
});

describe('pairedRatio', () => {
  it('is not moved by a slow phase that both sides share', () => {
    expect(pairedRatio([2, 2, 20, 20, 2], [1, 1, 10, 10, 1])).toBe(2);
  });

  it('leaves rounds out that one side lacks', () => {
    expect(pairedRatio([3, 3, 3], [1, 1, 1, 50, 50])).toBe(3);
  });
});
