import { describe, expect, it } from 'vitest';
import { symbolicInput as input } from '../layers/core/input.ts';
import * as layers from '../layers/index.ts';
import { sizeOf } from '../util/shapes.ts';
import { model } from './functional.ts';
import { sequential } from './sequential.ts';
import { multiplyAdds } from './work.ts';

describe('multiply-adds', () => {
  it('count the steps of recurrent layers', () => {
    const steps = 5;
    const ofStep = 3 * 4 + 4 * 4;
    const shape = [null, steps, 3];
    expect(multiplyAdds(layers.simpleRNN({ units: 4 }), shape)).toBe(steps * ofStep);
    expect(multiplyAdds(layers.lstm({ units: 4 }), shape)).toBe(steps * 4 * ofStep);
    expect(multiplyAdds(layers.gru({ units: 4 }), shape)).toBe(steps * 3 * ofStep);
    const both = layers.bidirectional({ layer: layers.lstm({ units: 4 }) });
    expect(multiplyAdds(both, shape)).toBe(2 * steps * 4 * ofStep);
    const each = layers.timeDistributed({ layer: layers.dense({ units: 2 }) });
    expect(multiplyAdds(each, shape)).toBe(steps * 3 * 2);
  });

  it('count projections, scores and sums of attention', () => {
    const [length, features, heads, size] = [6, 8, 2, 4];
    const projections = 4 * length * features * heads * size;
    const scoresAndSums = 2 * heads * length * length * size;
    const layer = layers.multiHeadAttention({ numHeads: heads, keyDim: size });
    const shape = [null, length, features];
    expect(multiplyAdds(layer, [shape, shape])).toBe(projections + scoresAndSums);
    expect(multiplyAdds(layers.attention(), [shape, shape])).toBe(2 * length * length * features);
  });
});

describe('summary', () => {
  it('tells what is trained, what is not, and what the optimizer keeps, in bytes', async () => {
    const net = sequential([
      layers.dense({ units: 4, inputShape: [3], trainable: false }),
      layers.batchNormalization(),
      layers.dense({ units: 2 }),
    ]);
    const lines = () => net.summary({ print: null }).split('\n').slice(-4);
    expect(lines().slice(1)).toEqual([
      'parameters: 42 (168 B)',
      'trainable: 18 (72 B)',
      'not trainable: 24 (96 B)',
    ]);
    net.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    net.prepareTraining();
    const kept = net.optimizer.variables.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
    expect(kept).toBeGreaterThanOrEqual(2 * 18);
    expect(lines().at(-1)).toBe(`optimizer: ${kept} (${4 * kept} B)`);
  });

  it('counts a shared layer once, but its work each time', () => {
    const [a, b] = [input({ shape: [3] }), input({ shape: [3] })];
    const shared = layers.dense({ units: 2, useBias: false });
    const outputs = layers.add().apply([shared.apply(a), shared.apply(b)]);
    const text = model({ inputs: [a, b], outputs }).summary({ print: null });
    expect(text).toMatch(/^total for one example +6 +12 /m);
    expect(text).toContain('parameters: 6 (24 B)');
  });
});
