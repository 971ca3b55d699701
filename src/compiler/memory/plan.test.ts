import { describe, expect, it } from 'vitest';
import { at } from '../../util/errors.ts';
import { busiestBytes, paddedBytes, planMemory } from './plan.ts';

/** A deterministic stream of integers below `limit`. */
function integers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % limit;
  };
}

describe('planMemory', () => {
  it('lets what does not overlap in time share memory', () => {
    const plan = planMemory([
      { bytes: 1000, from: 0, to: 1 },
      { bytes: 1000, from: 2, to: 3 },
    ]);
    expect(plan.offsets).toEqual([0, 0]);
    expect(plan.totalBytes).toBe(paddedBytes(1000));
  });

  it('never lets two meet in time and in memory, and stays near the lower bound', () => {
    let worst = 1;
    for (let seed = 1; seed <= 100; seed++) {
      const random = integers(seed);
      const lifetimes = Array.from({ length: 60 }, () => {
        const from = random(50);
        return { bytes: 1 + random(100_000), from, to: from + random(8) };
      });
      const plan = planMemory(lifetimes);
      lifetimes.forEach((a, i) => {
        lifetimes.slice(0, i).forEach((b, j) => {
          const inTime = a.from <= b.to && b.from <= a.to;
          const [x, y] = [at(plan.offsets, i), at(plan.offsets, j)];
          if (inTime && x < y + b.bytes && y < x + a.bytes) expect.fail(`seed ${seed}: ${i} meets ${j}`);
        });
      });
      worst = Math.max(worst, plan.totalBytes / busiestBytes(lifetimes));
    }
    expect(worst).toBeLessThan(1.25);
  });
});
