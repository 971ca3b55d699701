import { describe, expect, it } from 'vitest';
import * as layers from '../layers/index.ts';
import type { LossLike } from '../losses/resolve.ts';
import type { OptimizerName } from '../optimizers/resolve.ts';
import type { FitOptions } from './fit-options.ts';
import type { RowsLike } from './rows.ts';
import { type Sequential, sequential } from './sequential.ts';

function classifier(loss: LossLike, units = 3): Sequential {
  const model = sequential({
    name: 'net',
    layers: [layers.dense({ units, activation: 'softmax', inputShape: [2] })],
  });
  model.compile({ optimizer: 'sgd', loss, metrics: ['accuracy'] });
  return model;
}

const X = [
  [0, 1],
  [1, 0],
];

async function message(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof Error ? error.message : 'no error';
}

const fitMessage = (model: Sequential, x: RowsLike, y: RowsLike, options: FitOptions = {}) =>
  message(model.fit(x, y, { verbose: 0, ...options }));

describe('labels that do not fit the loss', () => {
  it('one-hot vectors for class numbers', async () => {
    const labels = [
      [0, 1, 0],
      [1, 0, 0],
    ];
    expect(await fitMessage(classifier('sparseCategoricalCrossentropy'), X, labels)).toBe(
      'net.fit, labels: expected one class number an example for sparseCategoricalCrossentropy of a prediction [batch, 3], ' +
        'got labels [batch, 3]; one-hot labels go with categoricalCrossentropy',
    );
  });

  it('class numbers for one-hot vectors', async () => {
    expect(await fitMessage(classifier('categoricalCrossentropy'), X, [1, 0])).toBe(
      'net.fit, labels: expected a vector over the classes for each example for categoricalCrossentropy of a prediction ' +
        '[batch, 3], got labels [batch]; class numbers go with sparseCategoricalCrossentropy; ' +
        'or make vectors with oneHot(labels, classes)',
    );
  });

  it('a class out of range, also in validation data', async () => {
    const expected =
      'labels: expected class numbers 0 to 2 for sparseCategoricalCrossentropy, got 3 in row 1';
    const model = classifier('sparseCategoricalCrossentropy');
    expect(await fitMessage(model, X, Uint8Array.of(0, 3))).toBe(`net.fit, ${expected}`);
    expect(await message(model.evaluate(X, [0, 3]))).toBe(`net.evaluate, ${expected}`);
    expect(await fitMessage(model, X, [0, 1], { validationData: [X, [0, 3]] })).toBe(
      `net.fit, validationData, ${expected}`,
    );
  });

  it('fractions for class numbers', async () => {
    expect(await fitMessage(classifier('sparseCategoricalCrossentropy'), X, Float32Array.of(0.5, 1))).toBe(
      'net.fit, labels: expected class numbers 0 to 2 for sparseCategoricalCrossentropy, got 0.5 in row 0',
    );
  });

  it('numbers outside [0, 1] for probabilities', async () => {
    expect(await fitMessage(classifier('binaryCrossentropy', 1), X, [0, 2])).toBe(
      'net.fit, labels: expected labels in [0, 1] for binaryCrossentropy, got 2 in row 1',
    );
  });

  it('another width', async () => {
    expect(await fitMessage(classifier('meanSquaredError'), X, X)).toBe(
      'net.fit, labels: expected labels of the shape of the prediction for meanSquaredError of a prediction [batch, 3], ' +
        'got labels [batch, 2]',
    );
  });
});

describe('data that does not fit', () => {
  const model = () => classifier('sparseCategoricalCrossentropy');

  it('nothing at all', async () => {
    const nothing = { data: new Uint8Array(0), shape: [0, 2] };
    expect(await fitMessage(model(), nothing, [])).toBe(
      'net.fit, examples: expected at least one example, got an empty dataset',
    );
  });

  it('more labels than examples', async () => {
    expect(await fitMessage(model(), X, [0, 1, 2])).toBe(
      'net.fit: expected as many labels as examples, 2, got 3',
    );
  });

  it('a batch larger than the data', async () => {
    expect(await fitMessage(model(), X, [0, 1], { batchSize: 3 })).toBe(
      'net.fit: expected batchSize, an integer in 1 to 2 (the rows of data), got 3',
    );
    expect(await fitMessage(model(), X, [0, 1], { batchSize: 0 })).toContain(
      'expected batchSize, an integer in 1 to 2',
    );
  });

  it('examples of another shape', async () => {
    expect(await fitMessage(model(), [[1], [2]], [0, 1])).toBe(
      'net (sequential), input: expected [batch, 2], got [batch, 1]',
    );
    expect(await message(model().predict(5))).toBe(
      'net.predict, examples: expected an axis that counts the examples, got a scalar',
    );
    expect(await fitMessage(model(), { data: new Uint8Array(5), shape: [2, 2] }, [0, 1])).toBe(
      'net.fit, examples: expected 4 elements for [2, 2], got 5',
    );
  });

  it('a split that leaves nothing', async () => {
    expect(await fitMessage(model(), X, [0, 1], { validationSplit: 0.9 })).toContain(
      'validationSplit in [0, 1) that leaves rows',
    );
  });

  it('weights that do not fit', async () => {
    expect(await fitMessage(model(), X, [0, 1], { sampleWeight: [1] })).toContain(
      'as many sample weights as examples, 2, got 1',
    );
    expect(await fitMessage(model(), X, [0, 1], { sampleWeight: X })).toContain(
      'expected one sample weight an example, got 2',
    );
    const both = { sampleWeight: [1, 2], classWeight: { 0: 2 } };
    expect(await fitMessage(model(), X, [0, 1], both)).toBe(
      'net.fit: expected classWeight or sampleWeight, got both',
    );
  });
});

describe('a model that is not ready', () => {
  it('has no loss yet', async () => {
    const model = sequential({ name: 'net', layers: [layers.dense({ units: 1 })] });
    expect(await fitMessage(model, X, [0, 1])).toBe(
      "net: expected a compiled model, got one without loss and optimizer; call compile({ optimizer: 'adam', loss: ... }) first",
    );
  });

  it('has no layers', async () => {
    const model = sequential({ name: 'net' });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    expect(await fitMessage(model, X, [0, 1])).toBe(
      'net (sequential): expected at least one layer, got none',
    );
  });
});

describe('unknown names and options', () => {
  it('are asked back about', async () => {
    const model = classifier('meanSquaredError');
    const compile = (options: object) => () =>
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError', ...options });
    expect(compile({ optimizer: 'adamm' })).toThrow(
      "net.compile: expected an optimizer, got 'adamm'; did you mean 'adam'?",
    );
    expect(compile({ loss: 'crossentropy' })).toThrow('net.compile: expected a loss');
    expect(compile({ loss: undefined })).toThrow('net.compile: expected the option loss, got none');
    expect(compile({ metric: [] })).toThrow("did you mean 'metrics'?");
    expect(await fitMessage(model, X, [0, 1], { epoch: 1 } as object)).toContain("did you mean 'epochs'?");
    expect(await fitMessage(model, X, [0, 1], { epochs: 1.5 })).toBe(
      'net.fit: expected epochs, a whole number >= 0, got 1.5',
    );
    expect(await message(model.evaluate(X, [0, 1], { batch: 1 } as object))).toContain(
      "did you mean 'batchSize'?",
    );
    expect(await message(model.predict(X, { size: 1 } as object))).toContain('expected an option it knows');
    const twice = { validationSplit: 0.5, validationData: [X, [0, 1]] } as const;
    expect(await fitMessage(model, X, [0, 1], twice)).toBe(
      'net.fit: expected validationData or validationSplit, got both',
    );
  });

  it('among metrics are named once the model is used', async () => {
    const model = sequential({ name: 'net', layers: [layers.dense({ units: 1, inputShape: [2] })] });
    model.compile({
      optimizer: 'sgd' satisfies OptimizerName,
      loss: 'meanSquaredError',
      metrics: ['acuracy' as 'accuracy'],
    });
    expect(await fitMessage(model, X, [0, 1])).toContain(
      "net.compile: expected a metric, got 'acuracy'; did you mean 'accuracy'?",
    );
  });
});
