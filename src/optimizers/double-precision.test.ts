import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/create.ts';
import { mul } from '../ops/math/arithmetic.ts';
import { jit } from '../tensor/jit.ts';
import { Variable } from '../tensor/variable.ts';
import * as optimizers from './index.ts';
import type { Optimizer } from './optimizer.ts';

/** Three steps on x²/2 from 1. */
async function descent(optimizer: Optimizer): Promise<number[]> {
  const x = new Variable(tensor(Float64Array.of(1)));
  optimizer.build([x]);
  const step = jit(() => {
    optimizer.apply([mul(x.read(), 1)], [x]);
    return x.read();
  });
  const path: number[] = [];
  for (let i = 0; i < 3; i++) path.push(await step().item());
  return path;
}

/** Adam as the paper has it (algorithm 1), which differs from ours in where epsilon stands. */
function adamByHand(rate: number, epsilon: number): number[] {
  let [x, m, v] = [1, 0, 0];
  return [1, 2, 3].map((step) => {
    m = 0.9 * m + 0.1 * x;
    v = 0.999 * v + 0.001 * x * x;
    const correction = Math.sqrt(1 - 0.999 ** step) / (1 - 0.9 ** step);
    x -= (rate * correction * m) / (Math.sqrt(v) + epsilon);
    return x;
  });
}

describe('optimizers of variables in double precision', () => {
  it('compute every scalar in it', async () => {
    const path = await descent(optimizers.adam({ learningRate: 0.1, epsilon: 1e-8 }));
    adamByHand(0.1, 1e-8).forEach((x, i) => {
      expect(path[i]).toBeCloseTo(x, 14);
    });
    expect(await descent(optimizers.sgd({ learningRate: 0.1 }))).toEqual(
      [0.9, 0.81, 0.729].map((x) => expect.closeTo(x, 15)),
    );
  });

  it.each(Object.entries(optimizers))('%s steps', async (_, make) => {
    const path = await descent(make({ learningRate: 0.1 }));
    expect(path.every((x) => Number.isFinite(x) && x < 1)).toBe(true);
  });

  it('keep the rate to its last digit, also when it changes', async () => {
    const optimizer = optimizers.sgd({ learningRate: 0.1 });
    const x = new Variable(tensor(Float64Array.of(1)));
    optimizer.build([x]);
    optimizer.learningRate = 0.3;
    optimizer.apply([tensor(Float64Array.of(1))], [x]);
    expect(await x.read().item()).toBe(1 - 0.3);
    expect(optimizer.learningRate).toBe(0.3);
  });
});
