import { describe, expect, it } from 'vitest';
import {
  grad,
  jit,
  layers,
  memoryUsage,
  ones,
  optimizers,
  sequential,
  sum,
  type Tensor,
  tanh,
  tensor,
  variable,
} from '../../src/index.ts';
import { collectGarbage } from '../support/collect-garbage.ts';

async function settledMemory() {
  await collectGarbage();
  return memoryUsage();
}

const x = { data: Float32Array.of(0, 0, 0, 1, 1, 0, 1, 1), shape: [4, 2] };
const y = { data: Float32Array.of(0, 1, 1, 0), shape: [4, 1] };

async function buildFitDrop(seed: number): Promise<void> {
  const model = sequential({
    seed,
    layers: [
      layers.input({ shape: [2] }),
      layers.dense({ units: 4, activation: 'tanh' }),
      layers.dense({ units: 1 }),
    ],
  });
  model.compile({ optimizer: optimizers.adam({ learningRate: 0.05 }), loss: 'meanSquaredError' });
  await model.fit(x, y, { epochs: 1, batchSize: 4, verbose: 0 });
}

describe('memory without dispose', () => {
  it('is not held by the programs that computed a tensor', async () => {
    const before = await settledMemory();
    for (let rows = 1; rows <= 50; rows++)
      await tanh(ones([rows, 100]))
        .mul(2)
        .data();
    const after = await settledMemory();
    expect(after.liveTensors).toBe(before.liveTensors);
  });

  it('is flat over 10,000 training steps', async () => {
    const weights = variable(
      tensor([
        [0.1, 0.2],
        [0.3, 0.4],
      ]),
    );
    const step = jit((input: Tensor) => {
      const loss = (w: Tensor) => sum(input.matMul(w).tanh().square());
      weights.assign(weights.read().sub(grad(loss)(weights.read()).mul(1e-4)));
      return loss(weights.read());
    });
    const input = tensor([
      [1, 2],
      [3, 4],
    ]);
    const run = async (count: number) => {
      for (let i = 0; i < count; i++) {
        step(input);
        if (i % 500 === 0) await collectGarbage();
      }
    };
    await run(1000);
    const before = await settledMemory();
    await run(9000);
    const after = await settledMemory();
    expect(after.liveTensors).toBe(before.liveTensors);
    expect(after.bytesInUse).toBe(before.bytesInUse);
  });

  it('is flat over 1,000 models built, trained and dropped', async () => {
    for (let i = 0; i < 50; i++) await buildFitDrop(i);
    const before = await settledMemory();
    for (let i = 50; i < 1000; i++) await buildFitDrop(i);
    const after = await settledMemory();
    expect(after.liveTensors).toBeLessThanOrEqual(before.liveTensors);
    expect(after.bytesInUse).toBeLessThanOrEqual(before.bytesInUse);
  });

  it('comes back at once when tensors are disposed', () => {
    const before = memoryUsage().bytesInUse;
    {
      using big = tensor(new Float32Array(1_000_000));
      expect(memoryUsage().bytesInUse).toBeGreaterThanOrEqual(before + 4 * big.size);
    }
    expect(memoryUsage().bytesInUse).toBe(before);
  });
});
