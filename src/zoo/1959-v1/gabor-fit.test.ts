import { describe, expect, it } from 'vitest';
import { NumberStream } from '../../random/number-stream.ts';
import { drawGabor } from './gabor.ts';
import { fitGabor } from './gabor-fit.ts';
import { minimiseSquares } from './levenberg-marquardt.ts';
import { solveSymmetric } from './solve-symmetric.ts';
import { spectralPeak } from './spectral-peak.ts';

const SIZE = 12;

describe('fitGabor', () => {
  it('finds the eight numbers of a Gabor again', () => {
    const numbers = new NumberStream(4);
    const between = (low: number, high: number) => low + (high - low) * numbers.uniform();
    for (let trial = 0; trial < 20; trial++) {
      const gabor = {
        ...{ amplitude: between(0.5, 2), x: between(4, 8), y: between(4, 8), phase: between(-3, 3) },
        ...{ orientation: between(0, Math.PI), frequency: between(0.12, 0.35) },
        ...{ sigma: between(1.5, 3), sigmaAlong: between(1.5, 4) },
      };
      const found = fitGabor(drawGabor(gabor, SIZE), SIZE);
      expect(found.r2).toBeGreaterThan(0.9999);
      const turned = Math.cos(2 * (found.gabor.orientation - gabor.orientation));
      expect(turned).toBeCloseTo(1, 3);
    }
  });

  it('explains little of noise: five parts in six remain', () => {
    const numbers = new NumberStream(5);
    const scores = Array.from({ length: 20 }, () => {
      return fitGabor(
        Float64Array.from({ length: SIZE ** 2 }, () => numbers.normal()),
        SIZE,
      ).r2;
    });
    expect(scores.toSorted((a, b) => a - b)[10]).toBeLessThan(0.17);
    for (const score of scores) expect(score > 0 && score < 0.35).toBe(true);
  });
});

describe('spectralPeak', () => {
  it('finds a wave and its phase', () => {
    const image = Float64Array.from({ length: 256 }, (_, pixel) => {
      return Math.cos(2 * Math.PI * (0.1875 * (pixel % 16) - 0.125 * Math.floor(pixel / 16)) + 0.7);
    });
    const { u, v, phase } = spectralPeak(image, 16);
    expect([u, v]).toEqual([0.1875, -0.125]);
    expect(phase).toBeCloseTo(0.7, 6);
  });
});

describe('minimiseSquares', () => {
  it('goes to the bottom of a bent valley, and leaves alone what has no effect', () => {
    const rosenbrock = (p: Float64Array, residuals: Float64Array, slopes: Float64Array) => {
      const [x = 0, y = 0] = p;
      residuals.set([-10 * (y - x * x), -(1 - x)]);
      slopes.set([-20 * x, 10, 0, -1, 0, 0]);
    };
    const { parameters, squares } = minimiseSquares(rosenbrock, Float64Array.of(-1.2, 1, 7), 2);
    expect(squares).toBeLessThan(1e-12);
    expect(Array.from(parameters)).toEqual([1, 1, 7].map((value) => expect.closeTo(value, 5)));
  });
});

describe('solveSymmetric', () => {
  it('solves what is positive definite, and only that', () => {
    const x = solveSymmetric(Float64Array.of(4, 0, 2, 3), Float64Array.of(8, 7));
    expect(Array.from(x ?? [])).toEqual([1.25, 1.5].map((value) => expect.closeTo(value, 12)));
    expect(solveSymmetric(Float64Array.of(1, 0, 2, 1), Float64Array.of(1, 1))).toBeUndefined();
  });
});
