import { describe, expect, it } from 'vitest';
import { linearAxis, logAxis } from './axis.ts';

describe('linearAxis', () => {
  it('rounds its ends outwards to ticks', () => {
    const axis = linearAxis([0.906, 0.994], { from: 100, to: 0 });
    expect(axis.ticks).toEqual([0.9, 0.95, 1]);
    expect(axis.toPixel(0.9)).toBeCloseTo(100);
    expect(axis.toPixel(1)).toBeCloseTo(0);
  });

  it('shows a single value', () => {
    const { ticks } = linearAxis([5, 5], { from: 0, to: 10 });
    expect(Math.min(...ticks)).toBeLessThanOrEqual(5);
    expect(Math.max(...ticks)).toBeGreaterThan(5);
  });
});

describe('logAxis', () => {
  it('has ticks at 1, 2 and 5 around the values', () => {
    const axis = logAxis([0.0185, 0.31], { from: 0, to: 1 });
    expect(axis.ticks).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.5]);
    expect(axis.toPixel(0.01)).toBeCloseTo(0);
    expect(axis.toPixel(0.5)).toBeCloseTo(1);
    expect(axis.toPixel(Math.sqrt(0.005))).toBeCloseTo(0.5);
  });

  it('shows a single value, also one that is a tick', () => {
    expect(logAxis([0.1], { from: 0, to: 1 }).ticks).toEqual([0.1, 0.2]);
  });
});
