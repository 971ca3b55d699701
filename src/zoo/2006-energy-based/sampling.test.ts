import { describe, expect, it } from 'vitest';
import { tensor } from '../../ops/create.ts';
import { mul, square, sub } from '../../ops/math/arithmetic.ts';
import { sum } from '../../ops/reduce/reduce.ts';
import { key } from '../../random/keys.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { measureDensity } from './density.ts';
import { langevinStep, walk } from './langevin.ts';
import { countModes, RING, ringLogDensity, ringPoints } from './ring.ts';

/** A Gaussian of variance 1/4 about the origin. */
const valley = (x: Tensor) => mul(sum(square(x), -1), 2);

describe('density on a grid', () => {
  it('knows the volume of a Gaussian', async () => {
    const { logZ } = await measureDensity(valley, ringLogDensity);
    expect(logZ).toBeCloseTo(Math.log((2 * Math.PI) / 4), 4);
  });

  it('finds no divergence of a density from itself, whatever the zero of its energy', async () => {
    const { klDivergence, logZ } = await measureDensity((x) => sub(3, ringLogDensity(x)), ringLogDensity);
    expect(klDivergence).toBeCloseTo(0, 4);
    expect(logZ).toBeCloseTo(-3, 3);
  });
});

describe('Langevin dynamics', () => {
  it('goes down half a step size of the slope', () => {
    const next = langevinStep(valley, tensor([[1, -1]]), tensor([[0, 1]]), 0.04);
    const [x = 0, y = 0] = next.dataSync();
    expect(x).toBeCloseTo(1 - 0.02 * 4, 6);
    expect(y).toBeCloseTo(-1 + 0.02 * 4 + 0.2, 6);
  });

  it('samples the density, and keeps the ways of some chains', async () => {
    const { points, paths } = await walk(valley, {
      start: tensor(new Float32Array(2000), [1000, 2]),
      stepSize: 0.02,
      steps: 300,
      pathCount: 2,
      key: key(5),
      progress: async () => {},
    });
    const variance = points.reduce((total, value) => total + value ** 2, 0) / points.length;
    expect(variance).toBeCloseTo(0.25, 1);
    expect(paths).toHaveLength(300 * 2 * 2);
    expect([...paths.slice(0, 4)]).toEqual([0, 0, 0, 0]);
  });
});

describe('eight Gaussians', () => {
  it('have an eighth of the points each', () => {
    const { shares, near } = countModes(ringPoints(key(6), 8000).dataSync());
    expect(shares).toHaveLength(RING.modes);
    for (const share of shares) expect(Math.abs(share - 0.125)).toBeLessThan(0.02);
    expect(near).toBeGreaterThan(0.97);
  });

  it('count no point that is far from all of them', () => {
    expect(countModes([0, 0, RING.radius, 0]).near).toBe(0.5);
  });
});
