import { describe, expect, it } from 'vitest';
import { expectGolden, goldenTensor } from '../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../test/support/golden.ts';
import { symbolicInput as input } from '../layers/core/input.ts';
import * as layers from '../layers/index.ts';
import { resultParts } from '../layers/layer.ts';
import { adam } from '../optimizers/adam.ts';
import { at } from '../util/errors.ts';
import type { CompileOptions } from './compiled.ts';
import { type AnyFunctional, model } from './functional.ts';
import { sequential } from './sequential.ts';

interface Case {
  readonly kind: keyof typeof MODELS;
  readonly layers: readonly string[];
  readonly weights: readonly string[];
  readonly x: readonly GoldenArray[];
  readonly y: readonly GoldenArray[];
  readonly starts: readonly GoldenArray[];
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly trained: readonly GoldenArray[];
  readonly predictions: readonly GoldenArray[];
}

const MODELS = {
  siamese(): AnyFunctional {
    const [left, right] = [input({ shape: [3], name: 'left' }), input({ shape: [4], name: 'right' })];
    const shared = layers.dense({ units: 2, activation: 'tanh', name: 'shared' });
    const first = shared.apply(layers.dense({ units: 3, name: 'narrow' }).apply(right));
    const second = shared.apply(left);
    const both = layers.concatenate({ name: 'both' }).apply([first, second]);
    const product = layers.multiply({ name: 'product' }).apply([first, second]);
    const score = layers.dense({ units: 1, name: 'score' }).apply(both);
    const side = layers.dense({ units: 2, name: 'side', kernelRegularizer: 'l2' }).apply(product);
    return model({ inputs: [left, right], outputs: [score, side] }) as AnyFunctional;
  },
  residual(): AnyFunctional {
    const x = input({ shape: [4], name: 'x' });
    const inner = sequential({
      name: 'block',
      layers: [
        layers.dense({ units: 4, activation: 'relu', name: 'a' }),
        layers.dense({ units: 4, name: 'b' }),
      ],
    });
    const first = layers.add({ name: 'first' }).apply([x, inner.apply(x)]);
    const second = layers.add({ name: 'second' }).apply([first, inner.apply(first)]);
    const z = input({ shape: [4], name: 'z' });
    const head = model({ inputs: z, outputs: layers.dense({ units: 1, name: 'c' }).apply(z), name: 'head' });
    return model({ inputs: x, outputs: head.apply(second) }) as AnyFunctional;
  },
};

const LOSSES: readonly Omit<CompileOptions, 'optimizer'>[] = [
  {
    loss: { score: 'meanSquaredError', side: 'meanAbsoluteError' },
    lossWeights: { score: 1, side: 0.5 },
    metrics: { score: ['meanAbsoluteError'], side: [] },
  },
  { loss: ['meanSquaredError', 'meanSquaredError'] },
  { loss: 'meanSquaredError' },
];

/** What Keras calls figures that have another name here. */
const KERAS_NAMES: Readonly<Record<string, string>> = {
  scoreLoss: 'score_loss',
  sideLoss: 'side_loss',
  scoreMeanAbsoluteError: 'score_mae',
};

const CASES = readGolden<Case[]>('models/functional.json').map((golden, i) => ({
  golden,
  how: at(LOSSES, i),
}));

describe.each(CASES)('the model $golden.kind, $how', ({ golden, how }) => {
  it('goes the way of Keras', async () => {
    const net = MODELS[golden.kind]();
    expect(net.layers.map(({ name }) => name)).toEqual(golden.layers);
    const lastNames = (paths: readonly string[]) => paths.map((path) => path.split('/').slice(-2).join('/'));
    expect(lastNames(net.weights.map(({ name }) => name))).toEqual(lastNames(golden.weights));
    net.setWeights(golden.starts.map(goldenTensor));
    net.compile({ optimizer: adam({ learningRate: 0.01 }), ...how });
    const [x, y] = [golden.x.map(goldenTensor), golden.y.map(goldenTensor)];
    const options = { epochs: 3, batchSize: 4, shuffle: false, verbose: 0 } as const;
    const { history } = await net.fit(x, y, options);
    expect(
      Object.keys(history)
        .map((name) => KERAS_NAMES[name] ?? name)
        .sort(),
    ).toEqual(Object.keys(golden.history).sort());
    for (const [name, values] of Object.entries(history)) {
      const expected = golden.history[KERAS_NAMES[name] ?? name] ?? [];
      values.forEach((value, epoch) => {
        expect(value).toBeCloseTo(at(expected, epoch), 5);
      });
    }
    for (const [i, weight] of net.getWeights().entries()) await expectGolden(weight, at(golden.trained, i));
    const predictions = resultParts(await net.predict(x));
    for (const [i, output] of predictions.items.entries())
      await expectGolden(output, at(golden.predictions, i));
  });
});
