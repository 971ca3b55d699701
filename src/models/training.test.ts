import { describe, expect, it } from 'vitest';
import { expectGolden, goldenTensor } from '../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../test/support/golden.ts';
import * as layers from '../layers/index.ts';
import { adam } from '../optimizers/adam.ts';
import { sgd } from '../optimizers/sgd.ts';
import { l2 } from '../regularizers/regularizers.ts';
import { at } from '../util/errors.ts';
import { sequential } from './sequential.ts';

interface Case {
  readonly optimizer: keyof typeof OPTIMIZERS;
  readonly x: GoldenArray;
  readonly y: GoldenArray;
  readonly starts: readonly GoldenArray[];
  readonly loss: readonly number[];
  readonly accuracy: readonly number[];
  readonly weights: readonly GoldenArray[];
  readonly evaluation: Record<string, number>;
  readonly predictions: GoldenArray;
}

const OPTIMIZERS = {
  sgd: () => sgd({ learningRate: 0.1 }),
  momentum: () => sgd({ learningRate: 0.05, momentum: 0.9, nesterov: true }),
  adam: () => adam({ learningRate: 0.01 }),
};

function build() {
  return sequential([
    layers.input({ shape: [6, 6, 1] }),
    layers.conv2d({ filters: 2, kernelSize: 3, activation: 'tanh' }),
    layers.maxPooling2d(),
    layers.flatten(),
    layers.dense({ units: 5, activation: 'relu', kernelRegularizer: l2({ l2: 0.01 }) }),
    layers.dense({ units: 3, activation: 'softmax' }),
  ]);
}

describe.each(readGolden<Case[]>('models/training.json'))('a network trained with $optimizer', (golden) => {
  it('goes the way of Keras', async () => {
    const model = build();
    model.setWeights(golden.starts.map(goldenTensor));
    model.compile({
      optimizer: OPTIMIZERS[golden.optimizer](),
      loss: 'sparseCategoricalCrossentropy',
      metrics: ['accuracy'],
    });
    const [x, y] = [goldenTensor(golden.x), goldenTensor(golden.y)];
    const epochs = golden.loss.length;
    const { history } = await model.fit(x, y, { epochs, batchSize: 3, shuffle: false, verbose: 0 });
    for (const [epoch, loss] of golden.loss.entries()) {
      expect(at(history.loss ?? [], epoch)).toBeCloseTo(loss, 5);
      expect(at(history.accuracy ?? [], epoch)).toBeCloseTo(at(golden.accuracy, epoch), 6);
    }
    for (const [i, weight] of model.getWeights().entries()) await expectGolden(weight, at(golden.weights, i));
    const evaluation = await model.evaluate(x, y, { batchSize: 3 });
    expect(Object.keys(evaluation)).toEqual(['loss', 'accuracy']);
    for (const [name, value] of Object.entries(golden.evaluation))
      expect(evaluation[name]).toBeCloseTo(value, 5);
    await expectGolden(await model.predict(x, { batchSize: 5 }), golden.predictions);
  });
});
