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

  it('has coefficients for rows inside the margin alone', async () => {
    const rows = [[-5], [-4], [-1], [1], [4], [5]];
    const kernel = { name: 'polynomial', degree: 1, gamma: 1 } as const;
    const model = await kernelMachine({ kernel, penalty: 1e-3 }).fit(rows, [0, 0, 0, 1, 1, 1]);
    const used = [...model.coefficients.dataSync()].map((value) => value !== 0);
    expect(used.filter((_, i) => i % 2 === 0)).toEqual([false, false, true, true, false, false]);
    expect(model.converged).toBe(true);
  });

  it('ends when no row enters or leaves the margins', async () => {
    const changes: number[] = [];
    const labels = Array.from({ length: 60 }, (_, i) => i % 3);
    const model = await kernelMachine({ penalty: 0.1 }).fit(normal(key(1), [60, 2]), labels, (_, changed) => {
      changes.push(changed);
    });
    expect(changes.at(-1)).toBe(0);
    expect(model.iterations).toBe(changes.length);
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
