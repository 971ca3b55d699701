import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/create.ts';
import { normal } from '../random/distributions.ts';
import { key } from '../random/keys.ts';
import { kernelMachine } from './kernel-machine.ts';

const XOR = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]);

describe('kernelMachine', () => {
  it('learns XOR with products of features', async () => {
    const kernel = { name: 'polynomial', degree: 2, gamma: 1 } as const;
    const model = await kernelMachine({ kernel, penalty: 0.01 }).fit(XOR, [0, 1, 1, 0]);
    expect(model.predict(XOR).arraySync()).toEqual([0, 1, 1, 0]);
  });

  it('puts the margins at the rows in between, whatever lies outside', async () => {
    const kernel = { name: 'polynomial', degree: 1, gamma: 1 } as const;
    const between = [[-1], [1]];
    const all = [[-50], [-4], ...between, [4], [50]];
    const scores = [];
    for (const rows of [between, all]) {
      const labels = rows.map(([value = 0]) => Number(value > 0));
      const model = await kernelMachine({ kernel, penalty: 1e-3, tolerance: 2e-4 }).fit(rows, labels);
      expect(model.converged).toBe(true);
      scores.push(...model.scores(between).dataSync());
    }
    const [, first] = scores;
    expect(first).toBeCloseTo(-1, 2);
    scores.forEach((score, i) => {
      expect(score).toBeCloseTo(i % 4 === 1 || i % 4 === 2 ? -1 : 1, 2);
    });
  });

  it('ends where the gradient is short', async () => {
    const slopes: number[] = [];
    const labels = Array.from({ length: 60 }, (_, i) => i % 3);
    const model = await kernelMachine({ penalty: 0.1 }).fit(normal(key(1), [60, 2]), labels, (_, slope) => {
      slopes.push(slope);
    });
    expect(slopes.at(-1)).toBeLessThan(1e-3);
    expect(slopes.slice(0, -1).every((slope) => slope > 1e-3)).toBe(true);
    expect(model.iterations).toBe(10 * slopes.length);
  });

  it('says what is wrong', async () => {
    expect(() => kernelMachine({ penalty: 0 })).toThrow(
      'kernelMachine: expected penalty, a number > 0, got 0',
    );
    const unknown = { name: 'gausian' } as unknown as { name: 'gaussian' };
    expect(() => kernelMachine({ kernel: unknown })).toThrow("expected a kernel, got 'gausian'");
    await expect(kernelMachine().fit([[Infinity]], [0])).rejects.toThrow(
      'expected finite numbers, got Infinity',
    );
  });
});
