import { describe, expect, it } from 'vitest';
import { tanh } from '../../ops/math/math.ts';
import { median } from '../../util/median.ts';
import { BOUNDS, interpolant, measureConvergence, staircase, target } from './constructions.ts';
import { fittedExponent, networkValues, places, supremumDistance } from './networks.ts';
import { measurePolynomials, NEAREST_PARABOLA } from './polynomial.ts';
import { alternatingPoints, countPieces, errorRate, measureTent, sawtooth, shallowBound } from './tent.ts';
import { train } from './training.ts';

const quietly = async () => {};

describe('hand-built networks', () => {
  it('meet the target where they should', async () => {
    const middles = Float64Array.from({ length: 8 }, (_, i) => (i + 0.5) / 8);
    expect(await supremumDistance(networkValues(staircase(8), middles), middles.map(target))).toBeLessThan(
      1e-14,
    );
    const knots = places(0, 1, 9);
    expect(await supremumDistance(networkValues(interpolant(8), knots), knots.map(target))).toBeLessThan(
      1e-14,
    );
  });

  it('stay within their bounds and converge with their exponents', async () => {
    const widths = [16, 32, 64];
    const steps = await measureConvergence('staircase', widths);
    const lines = await measureConvergence('interpolant', widths);
    widths.forEach((n, i) => {
      expect(steps.distances[i]).toBeLessThanOrEqual(BOUNDS.staircase(n));
      expect(lines.distances[i]).toBeLessThanOrEqual(BOUNDS.interpolant(n));
    });
    expect(Math.abs(steps.exponent + 1)).toBeLessThan(0.1);
    expect(Math.abs(lines.exponent + 2)).toBeLessThan(0.1);
    expect(BOUNDS.interpolant(16)).toBeCloseTo(0.0193, 4);
    expect(BOUNDS.interpolant(256)).toBeCloseTo(7.5e-5, 6);
  });

  it('fit the exponent of a power law', () => {
    expect(fittedExponent([1, 2, 4], [3, 0.75, 3 / 16])).toBeCloseTo(-2, 12);
  });
});

describe('units x²', () => {
  it('are an eighth off |x| at any width', async () => {
    const { distances, rectified } = await measurePolynomials(3, [2, 5], quietly);
    for (const distance of distances) {
      expect(distance).toBeGreaterThanOrEqual(NEAREST_PARABOLA - 1e-9);
      expect(distance).toBeLessThan(NEAREST_PARABOLA + 1e-3);
    }
    expect(rectified).toBe(0);
  });

  it('cannot be nearer than x² + 1/8, which is as far off at five places in turn', () => {
    const off = [-1, -0.5, 0, 0.5, 1].map((x) => x * x + 1 / 8 - Math.abs(x));
    expect(off).toEqual([1, -1, 1, -1, 1].map((sign) => sign / 8));
  });
});

describe('the tent map', () => {
  it.each([1, 3, 8])('has 2^%i pieces and tells its points apart', async (depth) => {
    expect(await measureTent(depth)).toEqual({ pieces: 2 ** depth, error: 0 });
  });

  it('alternates between 0 and 1', async () => {
    const { x, labels } = alternatingPoints(4);
    expect(await sawtooth(x, 4).data()).toEqual(labels);
  });

  it('bounds what one hidden layer can do', () => {
    expect(shallowBound(16, 8)).toBeCloseTo(0.465, 3);
    expect(errorRate([0, 1, 1], Float64Array.of(0, 1, 0))).toBeCloseTo(1 / 3);
    expect(countPieces([0, 1, 2, 1, 0, 0])).toBe(3);
  });
});

describe('trained networks', () => {
  const points = Float32Array.from(places(0, 1, 33));
  const task = { activation: tanh, units: 4, networks: 3, steps: 300, learningRate: 0.06, steepness: 3 };
  const learn = (seed: number) => train({ ...task, seed, x: points, y: points.map(target) }, quietly);

  it('learn, each on its own, the same for the same seed', async () => {
    const values = await (await learn(1))(points);
    expect(values).toEqual(await (await learn(1))(points));
    expect(values).not.toEqual(await (await learn(2))(points));
    const networks = [0, 1, 2].map((i) => values.subarray(33 * i, 33 * (i + 1)));
    expect(new Set(networks.map((network) => network[5])).size).toBe(3);
    const errors = networks.map(
      (network) => points.reduce((sum, x, i) => sum + ((network[i] ?? 0) - target(x)) ** 2, 0) / 33,
    );
    for (const error of errors) expect(error).toBeLessThan(0.3);
  });

  it('are summed up by their median', () => {
    expect([median([1, 2, 5]), median([1, 2, 4, 9])]).toEqual([2, 3]);
  });
});
