import { describe, expect, it } from 'vitest';
import { naturalOrder, shuffledOrder } from './order.ts';

/** A generator for tests only: splitmix32. */
function testGenerator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

describe('shuffledOrder', () => {
  it('is a permutation, fixed by the numbers drawn', () => {
    const order = shuffledOrder(1000, testGenerator(1));
    expect(order.slice().sort()).toEqual(naturalOrder(1000));
    expect(shuffledOrder(1000, testGenerator(1))).toEqual(order);
    expect(shuffledOrder(1000, testGenerator(2))).not.toEqual(order);
  });

  it('swaps as Durstenfeld wrote it', () => {
    const drawn = [1, 0, 1];
    expect([...shuffledOrder(4, () => drawn.shift() ?? 0)]).toEqual([2, 3, 0, 1]);
  });

  it('takes each of the 24 orders of four equally often', () => {
    const next = testGenerator(3);
    const seen = new Map<string, number>();
    const trials = 24_000;
    for (let trial = 0; trial < trials; trial++) {
      const key = shuffledOrder(4, next).join('');
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    const chiSquare = [...seen.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(seen.size).toBe(24);
    expect(chiSquare).toBeLessThan(49.7); // 0.1 % of fair shuffles, 23 degrees of freedom
  });

  it('draws again above the last whole multiple', () => {
    const drawn = [2 ** 32 - 1, 2];
    expect([...shuffledOrder(3, () => drawn.shift() ?? 0)]).toEqual([1, 0, 2]);
  });

  it('has nothing to draw for fewer than two', () => {
    const never = () => {
      throw new Error('drawn');
    };
    expect([...shuffledOrder(0, never)]).toEqual([]);
    expect([...shuffledOrder(1, never)]).toEqual([0]);
  });
});
