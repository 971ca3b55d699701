import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { setBackend } from '../../src/index.ts';
import { LENET5_SETTINGS, lenet5ForTraining } from '../../src/zoo/1998-lenet5/model.ts';

const COUNT = 512;
const images = Uint8Array.from({ length: COUNT * 784 }, (_, i) => (i * 7919 + (i >> 5) * 104_729) % 256);
const labels = Uint8Array.from({ length: COUNT }, (_, i) => i % 10);

/** SHA-256 of the weights after two epochs on as many threads. */
async function trainedWeights(threads: number): Promise<string> {
  setBackend('wasm', { threads });
  const model = lenet5ForTraining({
    seed: 1,
    settings: { ...LENET5_SETTINGS, epochs: 2 },
    trainCount: COUNT,
  });
  const x = { data: images, shape: [COUNT, 28, 28, 1] };
  await model.fit(x, { data: labels, shape: [COUNT] }, { epochs: 2, batchSize: 100, verbose: 0 });
  const hash = createHash('sha256');
  for (const weight of model.getWeights()) hash.update(await weight.data());
  return hash.digest('hex');
}

describe('the same seed', () => {
  afterAll(() => setBackend('wasm'));

  it('gives the same weights bit for bit on 1, 2 and 3 threads, and twice in a row', async () => {
    const once = await trainedWeights(1);
    expect(await trainedWeights(1)).toBe(once);
    expect(await trainedWeights(2)).toBe(once);
    expect(await trainedWeights(3)).toBe(once);
  });
});
