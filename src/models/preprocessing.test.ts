import { describe, expect, it } from 'vitest';
import { fromArray } from '../data/sources/array.ts';
import { fromTensors } from '../data/sources/tensors.ts';
import * as layers from '../layers/index.ts';
import { tensor } from '../ops/create.ts';
import { adam } from '../optimizers/adam.ts';
import { sequential } from './sequential.ts';

/** Four pictures with a light left or right half, and which half it is. */
const pictures = tensor(
  Array.from({ length: 4 }, (_, i) =>
    Array.from({ length: 6 }, () => Array.from({ length: 6 }, (_, x) => [x < 3 === i % 2 > 0 ? 200 : 20])),
  ),
);
const halves = tensor([0, 1, 0, 1], 'int32');

function classifier() {
  return sequential({
    seed: 3,
    layers: [
      layers.input({ shape: [6, 6, 1] }),
      layers.randomFlip({ mode: 'vertical' }),
      layers.randomRotation({ factor: 0.02 }),
      layers.randomTranslation({ heightFactor: 0.1, widthFactor: 0.1, fillMode: 'nearest' }),
      layers.randomZoom({ heightFactor: 0.1 }),
      layers.randomContrast({ factor: 0.2 }),
      layers.randomBrightness({ factor: 0.1 }),
      layers.randomErasing({ factor: 0.5, scale: [0.02, 0.05] }),
      layers.randomCrop({ height: 4, width: 6 }),
      layers.rescaling({ scale: 1 / 255 }),
      layers.flatten(),
      layers.dense({ units: 2, activation: 'softmax' }),
    ],
  });
}

async function trained() {
  const model = classifier();
  model.compile({ optimizer: adam({ learningRate: 0.01 }), loss: 'sparseCategoricalCrossentropy' });
  const history = await model.fit(pictures, halves, { epochs: 30, batchSize: 4, verbose: 0 });
  return { model, losses: history.history.loss ?? [] };
}

describe('layers of preprocessing in a model', () => {
  it('augment inside the compiled training step: every epoch anew, the same for the same seed', async () => {
    const [first, second] = [await trained(), await trained()];
    expect(second.losses).toEqual(first.losses);
    expect(first.losses.at(-1)).toBeLessThan(Number(first.losses[0]) / 2);
    const [once, again] = [await first.model.predict(pictures), await first.model.predict(pictures)];
    expect(await again.array()).toEqual(await once.array());
  });

  it('look numbers up, sort and normalize', async () => {
    const lookup = layers.integerLookup();
    await lookup.adapt([[30], [10], [30], [20]]);
    const words = sequential([
      layers.input({ shape: [2], dtype: 'int32' }),
      lookup,
      layers.embedding({ inputDim: 4, outputDim: 3 }),
    ]);
    expect((await words.predict(tensor([[30, 99]], 'int32'))).shape).toEqual([1, 2, 3]);
    const scale = layers.normalization();
    await scale.adapt([
      [1, 10],
      [3, 30],
    ]);
    const table = sequential([
      layers.input({ shape: [2] }),
      scale,
      layers.discretization({ binBoundaries: [-0.5, 0.5] }),
    ]);
    expect(
      await (
        await table.predict([
          [1, 20],
          [3, 30],
        ])
      ).array(),
    ).toEqual([
      [0, 1],
      [2, 2],
    ]);
  });

  it('of texts adapt to a dataset, and are mapped over it', async () => {
    const reviews = fromArray([
      { text: 'Good, so good!', label: 1 },
      { text: 'bad', label: 0 },
      { text: 'a good one', label: 1 },
      { text: 'so bad', label: 0 },
    ]);
    const vectors = layers.textVectorization({ outputMode: 'multiHot' });
    await vectors.adapt(reviews.map(({ text }) => text).batch(3));
    expect(vectors.getVocabulary().slice(0, 2)).toEqual(['[UNK]', 'good']);
    const model = sequential([
      layers.input({ shape: [vectors.vocabularySize] }),
      layers.dense({ units: 1, activation: 'sigmoid' }),
    ]);
    model.compile({ optimizer: adam({ learningRate: 0.1 }), loss: 'binaryCrossentropy' });
    const batches = reviews.map(({ text, label }) => [vectors.apply(text), [label]] as const).batch(2);
    await model.fit(batches, { epochs: 20, verbose: 0 });
    const [good, bad] = (await (await model.predict(vectors.apply(['good', 'bad']))).array()) as number[][];
    expect(Number(good?.[0])).toBeGreaterThan(0.5);
    expect(Number(bad?.[0])).toBeLessThan(0.5);
  });

  it('of numbers adapt to a dataset', async () => {
    const scale = layers.normalization();
    await scale.adapt(fromTensors([tensor([[1], [3], [5]]), tensor([0, 1, 0])]).batch(2));
    expect(
      scale
        .getWeights()
        .slice(0, 1)
        .map((weight) => weight.arraySync()),
    ).toEqual([[3]]);
  });

  it('of texts stay outside, and say so', async () => {
    const texts = layers.textVectorization({ vocabulary: ['a'] });
    const model = sequential([layers.input({ shape: [1] }), texts]);
    await expect(async () => model.predict([[1]])).rejects.toThrow(
      'apply it to the data before, for instance with dataset.map',
    );
  });
});
