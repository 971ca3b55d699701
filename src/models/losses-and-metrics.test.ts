import { describe, expect, it } from 'vitest';
import * as layers from '../layers/index.ts';
import * as losses from '../losses/index.ts';
import type { LossLike, LossName } from '../losses/resolve.ts';
import * as metrics from '../metrics/index.ts';
import { sgd } from '../optimizers/index.ts';
import { type Sequential, sequential } from './sequential.ts';

const X = [
  [0, 1],
  [1, 0],
  [1, 1],
  [0.5, 0.2],
];

const VALUES = [
  [1, 2, 3],
  [2, 1, 1],
  [3, 0.5, 1],
  [1, 1, 2],
];
const YES_NO = [
  [0, 1, 0],
  [1, 0, 1],
  [1, 1, 0],
  [0, 0, 1],
];
const ONE_HOT = [
  [0, 1, 0],
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const CLASSES = [1, 0, 1, 2];

/** Labels for each loss, and the activation it goes with. */
const TASKS: Record<
  LossName,
  readonly [labels: number[] | number[][], activation: 'linear' | 'softmax' | 'sigmoid']
> = {
  meanSquaredError: [VALUES, 'linear'],
  meanAbsoluteError: [VALUES, 'linear'],
  meanAbsolutePercentageError: [VALUES, 'linear'],
  meanSquaredLogarithmicError: [VALUES, 'sigmoid'],
  cosineSimilarity: [VALUES, 'linear'],
  huber: [VALUES, 'linear'],
  logCosh: [VALUES, 'linear'],
  poisson: [VALUES, 'sigmoid'],
  hinge: [YES_NO, 'linear'],
  squaredHinge: [YES_NO, 'linear'],
  categoricalHinge: [ONE_HOT, 'linear'],
  kullbackLeibler: [ONE_HOT, 'softmax'],
  binaryCrossentropy: [YES_NO, 'sigmoid'],
  binaryFocalCrossentropy: [YES_NO, 'sigmoid'],
  categoricalCrossentropy: [ONE_HOT, 'softmax'],
  categoricalFocalCrossentropy: [ONE_HOT, 'softmax'],
  categoricalGeneralizedCrossEntropy: [CLASSES, 'softmax'],
  sparseCategoricalCrossentropy: [CLASSES, 'softmax'],
  dice: [YES_NO, 'sigmoid'],
  tversky: [YES_NO, 'sigmoid'],
  circle: [[1, 0, 1, 7], 'linear'],
  ctc: [YES_NO.map((row) => row.slice(0, 2)), 'linear'],
};

function network(activation: string): Sequential {
  return sequential({
    name: 'net',
    seed: 1,
    layers: [layers.dense({ units: 3, activation: activation as 'linear', inputShape: [2] })],
  });
}

/** Logits of four steps of three classes. */
function recognizer(): Sequential {
  return sequential({
    name: 'net',
    seed: 1,
    layers: [layers.dense({ units: 12, inputShape: [2] }), layers.reshape({ targetShape: [4, 3] })],
  });
}

/** Vectors of length 1. */
function embedder(): Sequential {
  return sequential({
    name: 'net',
    seed: 1,
    layers: [layers.dense({ units: 3, inputShape: [2] }), layers.unitNormalization()],
  });
}

const quiet = { verbose: 0, epochs: 4, batchSize: 4, shuffle: false } as const;

async function message(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof Error ? error.message : 'no error';
}

describe('fit', () => {
  it.each(Object.keys(losses) as LossName[])('learns by %s', async (name) => {
    const [labels, activation] = TASKS[name];
    const model = name === 'ctc' ? recognizer() : name === 'circle' ? embedder() : network(activation);
    model.compile({ optimizer: sgd({ learningRate: 1e-3 }), loss: name });
    const { history } = await model.fit(X, labels, quiet);
    const course = history.loss ?? [];
    expect(course.every(Number.isFinite)).toBe(true);
    expect(course.at(-1)).toBeLessThan(course[0] ?? 0);
  });

  it('measures metrics of yes or no, of classes, and of values', async () => {
    const measured = async (
      loss: LossName,
      wanted: Parameters<Sequential['compile']>[0]['metrics'] & object,
    ) => {
      const [labels, activation] = TASKS[loss];
      const model = network(activation);
      model.compile({ optimizer: 'sgd', loss, metrics: wanted });
      const { history } = await model.fit(X, labels, quiet);
      return history;
    };
    const rates = await measured('binaryCrossentropy', [
      'auc',
      'precision',
      'recall',
      'truePositives',
      'binaryIoU',
    ]);
    expect(Object.keys(rates)).toEqual(expect.arrayContaining(['auc', 'precision', 'recall', 'binaryIoU']));
    const score = metrics.f1Score({ average: 'macro' });
    const classes = await measured('categoricalCrossentropy', [score, 'topKCategoricalAccuracy']);
    expect(classes.topKCategoricalAccuracy?.at(-1)).toBe(1);
    expect(classes.f1Score?.every((value) => value >= 0 && value <= 1)).toBe(true);
    const values = await measured('meanSquaredError', [
      'r2Score',
      'rootMeanSquaredError',
      'cosineSimilarity',
    ]);
    expect(values.r2Score?.at(-1)).toBeLessThan(1);
  });

  it('leaves out labels of the class to ignore', async () => {
    const weightsAfter = async (loss: LossLike, x: number[][], labels: number[]) => {
      const model = network('softmax');
      model.compile({ optimizer: 'sgd', loss });
      await model.fit(x, labels, { ...quiet, batchSize: x.length });
      return Promise.all(model.getWeights().map((weight) => weight.array()));
    };
    const ignoring = losses.sparseCategoricalCrossentropy({ ignoreClass: -1 });
    const some = await weightsAfter(ignoring, X, [1, 0, -1, -1]);
    const rest = await weightsAfter('sparseCategoricalCrossentropy', X.slice(0, 2), [1, 0]);
    some.flat(2).forEach((weight, i) => {
      expect(weight).toBeCloseTo(Number(rest.flat(2)[i]), 5);
    });
  });
});

describe('labels that do not fit', () => {
  it('a loss of sequences', async () => {
    const model = recognizer();
    model.compile({ optimizer: 'sgd', loss: 'ctc' });
    expect(await message(model.fit(X, CLASSES, quiet))).toBe(
      'net.fit, labels: expected class numbers one after the other for each example for ctc of a prediction ' +
        '[batch, 4, 3], got labels [batch]',
    );
    expect(await message(model.fit(X, [[1], [3], [0], [0]], quiet))).toBe(
      'net.fit, labels: expected class numbers 0 to 2 for ctc, got 3 in row 1; ' +
        'number the classes from 0, or give the last layer 4 units',
    );
  });

  it('a loss of groups', async () => {
    const model = network('linear');
    model.compile({ optimizer: 'sgd', loss: 'circle' });
    expect(await message(model.fit(X, ONE_HOT, quiet))).toBe(
      'net.fit, labels: expected one group number an example for circle of a prediction [batch, 3], got labels [batch, 3]',
    );
  });

  it('a softmax applied twice', async () => {
    const model = network('softmax');
    const loss = losses.sparseCategoricalCrossentropy({ fromLogits: true });
    model.compile({ optimizer: 'sgd', loss });
    expect(await message(model.fit(X, CLASSES, quiet))).toContain(
      'leave out fromLogits, or the activation softmax',
    );
  });
});

describe('steps that a mask leaves out', () => {
  it('count neither in the loss nor in means', async () => {
    const figures = async (x: number[][][], y: number[][]) => {
      const model = sequential({
        name: 'net',
        seed: 1,
        layers: [
          layers.masking({ inputShape: [x[0]?.length ?? 0, 1] }),
          layers.dense({ units: 2, activation: 'softmax' }),
        ],
      });
      model.compile({
        optimizer: 'sgd',
        loss: 'sparseCategoricalCrossentropy',
        metrics: ['accuracy', metrics.sparseCategoricalCrossentropy({ name: 'crossentropy' })],
      });
      return model.evaluate(x, y);
    };
    const whole = await figures([[[1], [2]]], [[0, 1]]);
    const padded = await figures([[[1], [2], [0], [0]]], [[0, 1, 1, 1]]);
    for (const key of ['loss', 'accuracy', 'crossentropy']) {
      expect(Number(padded[key]), key).toBeCloseTo(Number(whole[key]), 5);
    }
  });
});
