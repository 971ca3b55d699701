import { describe, expect, it } from 'vitest';
import { pairedRatio } from './statistics.ts';

describe('pairedRatio', () => {
  it('is not moved by a slow phase that both sides share', () => {
    expect(pairedRatio([2, 2, 20, 20, 2], [1, 1, 10, 10, 1])).toBe(2);
  });

  it('leaves rounds out that one side lacks', () => {
    expect(pairedRatio([3, 3, 3], [1, 1, 1, 50, 50])).toBe(3);
  });
});
