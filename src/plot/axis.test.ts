import { describe, expect, it } from 'vitest';
import { exactAxis, roundedAxis } from './axis.ts';

describe('roundedAxis', () => {
  it('rounds its ends outwards to ticks', () => {
    const axis = roundedAxis('linear', [0.906, 0.994], { from: 100, to: 0 });
    expect(axis.ticks).toEqual([0.9, 0.92, 0.94, 0.96, 0.98, 1]);
    expect(axis.toPixel(0.9)).toBeCloseTo(100);
    expect(axis.toPixel(1)).toBeCloseTo(0);
  });

  it('shows a single value', () => {
    const { ticks } = roundedAxis('linear', [5, 5], { from: 0, to: 10 });
    expect(Math.min(...ticks)).toBeLessThanOrEqual(5);
    expect(Math.max(...ticks)).toBeGreaterThan(5);
  });

  it('has ticks at 1, 2 and 5 on a logarithmic scale', () => {
    const axis = roundedAxis('log', [0.0185, 0.31], { from: 0, to: 1 });
    expect(axis.ticks).toEqual([0.01, 0.02, 0.05, 0.1, 0.2, 0.5]);
    expect(axis.toPixel(0.01)).toBeCloseTo(0);
    expect(axis.toPixel(0.5)).toBeCloseTo(1);
    expect(axis.toPixel(Math.sqrt(0.005))).toBeCloseTo(0.5);
  });

  it('shows a single value on a logarithmic scale, also one that is a tick', () => {
    expect(roundedAxis('log', [0.1, 0.1], { from: 0, to: 1 }).ticks).toEqual([0.1, 0.2]);
  });

  it('leaves powers of ten over many of them', () => {
    expect(roundedAxis('log', [2e-6, 3], { from: 0, to: 1 }).ticks).toEqual([1e-5, 1e-4, 1e-3, 0.01, 0.1, 1]);
    expect(roundedAxis('log', [1e-30, 1], { from: 0, to: 1 }).ticks.length).toBeLessThanOrEqual(8);
  });
});

describe('exactAxis', () => {
  it('ends where the range ends and writes the ticks within', () => {
    const axis = exactAxis('linear', [1, 18], { from: 0, to: 17 });
    expect(axis.ticks).toEqual([5, 10, 15]);
    expect(axis.toPixel(1)).toBe(0);
    expect(axis.toPixel(18)).toBe(17);
  });

  it('takes the ticks it is given', () => {
    expect(exactAxis('log', [2, 64], { from: 0, to: 1 }, [2, 8, 64, 128]).ticks).toEqual([2, 8, 64]);
  });

  it('makes room around one value', () => {
    expect(exactAxis('linear', [3, 3], { from: 0, to: 1 }).toPixel(3)).toBeGreaterThanOrEqual(0);
  });
});
