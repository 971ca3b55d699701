import { describe, expect, it } from 'vitest';
import { expectGolden, goldenTensor } from '../../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../../test/support/golden.ts';
import { sequential } from '../../models/sequential.ts';
import { add, mul } from '../../ops/math/arithmetic.ts';
import { sum } from '../../ops/reduce/reduce.ts';
import { sgd } from '../../optimizers/sgd.ts';
import { normal } from '../../random/distributions.ts';
import { key } from '../../random/keys.ts';
import { gradients } from '../../tensor/gradient.ts';
import { at } from '../../util/errors.ts';
import { input } from '../core/input.ts';
import { batchNormalization } from './batch-normalization.ts';

interface TrainingCase {
  readonly options: object;
  readonly mask?: GoldenArray;
  readonly weights: readonly GoldenArray[];
  readonly inputs: readonly GoldenArray[];
  readonly y: GoldenArray;
  readonly statistics: readonly GoldenArray[];
  readonly cotangent: GoldenArray;
  readonly slopeOfX: GoldenArray;
  readonly slopesOfWeights: readonly GoldenArray[];
}

describe.each(readGolden<TrainingCase[]>('layers/batch-normalization.json'))('trained $options', (golden) => {
  it('is that of Keras', async () => {
    const inputs = golden.inputs.map(goldenTensor);
    const layer = batchNormalization(golden.options);
    layer.build([null, ...at(inputs, 0).shape.slice(1)]);
    layer.setWeights(golden.weights.map(goldenTensor));
    const training = { training: true, ...(golden.mask && { mask: goldenTensor(golden.mask) }) };
    for (const batch of inputs.slice(0, -1)) layer.apply(batch, training);
    const last = at(inputs, -1);
    await expectGolden(layer.apply(last, training), golden.y);
    for (const [i, weight] of layer.nonTrainableWeights.entries()) {
      await expectGolden(weight.read(), at(golden.statistics, i));
    }
    const total = sum(mul(layer.apply(last, training), goldenTensor(golden.cotangent)));
    const slopes = gradients(total, [last, ...layer.trainableWeights.map((weight) => weight.read())]);
    const expected = [golden.slopeOfX, ...golden.slopesOfWeights];
    for (const [i, slope] of slopes.entries()) await expectGolden(slope, at(expected, i));
  });
});

describe('batchNormalization', () => {
  it('keeps its digits far from zero', async () => {
    const layer = batchNormalization({ momentum: 0, epsilon: 0 });
    const x = normal(key(1), [64, 8, 8, 2]);
    const plain = await layer.apply(x, { training: true }).data();
    const far = await layer.apply(add(x, 1000), { training: true }).data();
    // adding 1000 rounds x itself to 2^-14
    const largest = Math.max(...plain.map((value, i) => Math.abs(value - at(far, i))));
    expect(largest).toBeLessThan(2 ** -13);
    const [, variance] = layer.nonTrainableWeights;
    for (const value of (await variance?.read().data()) ?? []) expect(value).toBeCloseTo(1, 1);
  });

  it('bears a first example that is unlike the others', async () => {
    const layer = batchNormalization({ momentum: 0 });
    const rest = Array.from({ length: 15 }, (_, i) => [i % 2]);
    layer.apply([[1000], ...rest], { training: true });
    const values = [1000, ...rest.flat()];
    const mean = values.reduce((total, value) => total + value, 0) / 16;
    const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / 16;
    const [average, spread] = layer.nonTrainableWeights;
    expect((await average?.read().item()) ?? 0).toBeCloseTo(mean, 4);
    expect(((await spread?.read().item()) ?? 0) / variance).toBeCloseTo(1, 5);
  });

  it('learns its statistics in the training step of a model, and uses them afterwards', async () => {
    const normalization = batchNormalization({ momentum: 0 });
    const model = sequential([input({ shape: [1] }), normalization]);
    model.compile({ optimizer: sgd({ learningRate: 0 }), loss: 'meanSquaredError' });
    await model.fit([[1], [5]], [[0], [0]], { batchSize: 2, epochs: 1 });
    const [, , mean, variance] = await Promise.all(normalization.getWeights().map((w) => w.array()));
    expect([mean, variance]).toEqual([[3], [4]]);
    expect((await model.predict([[5]]).then((y) => y.item())) * Math.sqrt(4.001)).toBeCloseTo(2, 5);
  });

  it('leaves its statistics alone where it is frozen', async () => {
    const layer = batchNormalization({ trainable: false, epsilon: 0 });
    expect(await layer.apply([[1], [3]], { training: true }).array()).toEqual([[1], [3]]);
    expect(await layer.weights[2]?.read().array()).toEqual([0]);
  });

  it('refuses what makes no sense', () => {
    expect(() => batchNormalization({ momentum: 2 })).toThrow(
      'batchNormalization: expected momentum in [0, 1], got 2',
    );
    expect(() => batchNormalization({ epsilon: -1 })).toThrow('expected epsilon >= 0, got -1');
    expect(() => batchNormalization({ axis: 3 }).build([null, 2])).toThrow(
      'batch_normalization (batchNormalization), axis: expected an axis in [-2, 1], got 3',
    );
    expect(() => batchNormalization({ axis: 0 }).build([null, 2])).toThrow(
      'expected an axis behind that of the batch, got 0',
    );
  });
});
