import { describe, expect, it } from 'vitest';
import type { Callback } from '../callbacks/callback.ts';
import * as layers from '../layers/index.ts';
import { tensor } from '../ops/create.ts';
import { mul, sub } from '../ops/math/arithmetic.ts';
import { log } from '../ops/math/math.ts';
import { mean } from '../ops/reduce/reduce.ts';
import { adam } from '../optimizers/adam.ts';
import { sgd } from '../optimizers/sgd.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { FitOptions } from './fit-options.ts';
import { type Batch, Model } from './model.ts';
import { type Sequential, sequential } from './sequential.ts';

const XOR = {
  x: [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  y: [[0], [1], [1], [0]],
};

/** y = 2 a - b + 1 at ten places. */
const LINE = {
  x: Array.from({ length: 10 }, (_, i) => [i / 5 - 1, (i * i) / 50]),
  y: Array.from({ length: 10 }, (_, i) => 2 * (i / 5 - 1) - (i * i) / 50 + 1),
};

function line(options: { readonly seed?: number; readonly rate?: number } = {}): Sequential {
  const model = sequential({
    seed: options.seed ?? 1,
    layers: [layers.input({ shape: [2] }), layers.dropout({ rate: 0.2 }), layers.dense({ units: 1 })],
  });
  model.compile({ optimizer: adam({ learningRate: options.rate ?? 0.1 }), loss: 'meanSquaredError' });
  return model;
}

async function bits(model: Sequential): Promise<number[][]> {
  return Promise.all(model.stateVariables.map(async (variable) => [...(await variable.read().data())]));
}

const quiet: FitOptions = { verbose: 0, batchSize: 4 };

describe('fit', () => {
  it('learns XOR', async () => {
    const model = sequential({
      seed: 3,
      layers: [
        layers.dense({ units: 4, activation: 'tanh', inputShape: [2] }),
        layers.dense({ units: 1, activation: 'sigmoid' }),
      ],
    });
    model.compile({
      optimizer: adam({ learningRate: 0.1 }),
      loss: 'binaryCrossentropy',
      metrics: ['accuracy'],
    });
    const { history } = await model.fit(XOR.x, XOR.y, { epochs: 150, verbose: 0 });
    expect(history.accuracy?.at(-1)).toBe(1);
    expect(history.loss?.at(-1)).toBeLessThan(0.1);
    expect((await model.evaluate(XOR.x, XOR.y)).accuracy).toBe(1);
    expect([...(await model.predict(XOR.x)).dataSync()].map(Math.round)).toEqual([0, 1, 1, 0]);
  });

  it('gives the same bits for the same seed, and others for another', async () => {
    const train = async (seed: number) => {
      const model = line({ seed });
      await model.fit(LINE.x, LINE.y, { ...quiet, epochs: 3 });
      return bits(model);
    };
    expect(await train(1)).toEqual(await train(1));
    expect(await train(1)).not.toEqual(await train(2));
  });

  it.each([
    [1, 0],
    [1, 2],
    [2, 1],
  ])('goes on from epoch %i, step %i, to the same bits', async (epoch, step) => {
    const straight = line();
    await straight.fit(LINE.x, LINE.y, { ...quiet, epochs: 3 });
    const broken = line();
    const abort = new AbortController();
    const stopper: Callback = {
      onTrainBatchEnd: () => {
        const { trainingState } = broken;
        if (trainingState.epoch === epoch && trainingState.step === step) abort.abort();
      },
      onEpochEnd: (done) => {
        if (step === 0 && done + 1 === epoch) abort.abort();
      },
    };
    const first = await broken.fit(LINE.x, LINE.y, {
      ...quiet,
      epochs: 3,
      signal: abort.signal,
      callbacks: [stopper],
    });
    expect(broken.trainingState).toEqual({ epoch, step });
    expect(first.stopped).toEqual(step === 0 ? null : { epoch, step });
    await broken.fit(LINE.x, LINE.y, { ...quiet, epochs: 3, initialEpoch: epoch, initialStep: step });
    expect(await bits(broken)).toEqual(await bits(straight));
  });

  it('measures a part that it does not learn from', async () => {
    const model = line();
    const { history } = await model.fit(LINE.x, LINE.y, { ...quiet, epochs: 2, validationSplit: 0.3 });
    expect(Object.keys(history)).toEqual(['loss', 'valLoss']);
    const last = [LINE.x.slice(7), LINE.y.slice(7)] as const;
    expect(history.valLoss?.[1]).toBeCloseTo((await model.evaluate(...last)).loss ?? 0, 5);
    const other = line();
    const given = await other.fit(LINE.x.slice(0, 7), LINE.y.slice(0, 7), {
      ...quiet,
      epochs: 2,
      validationData: last,
    });
    expect(given.history).toEqual(history);
  });

  it('follows a schedule of the rate, step by step, over several calls', async () => {
    const steps: number[] = [];
    const model = line();
    const schedule = (step: number) => {
      steps.push(step);
      return 0.1;
    };
    model.compile({ optimizer: sgd({ learningRate: schedule }), loss: 'meanSquaredError' });
    await model.fit(LINE.x, LINE.y, { ...quiet });
    await model.fit(LINE.x, LINE.y, { ...quiet });
    expect(steps).toEqual([0, 0, 1, 2, 3, 4, 5]);
  });

  it('weighs examples, and classes', async () => {
    const train = async (options: FitOptions) => {
      const model = sequential([layers.dense({ units: 2, activation: 'softmax', inputShape: [2] })]);
      model.compile({ optimizer: sgd(), loss: 'sparseCategoricalCrossentropy' });
      const { history } = await model.fit(XOR.x, [0, 1, 1, 0], { verbose: 0, shuffle: false, ...options });
      return [history, await Promise.all(model.getWeights().map((weight) => weight.array()))];
    };
    expect(await train({ classWeight: { 1: 3 } })).toEqual(await train({ sampleWeight: [1, 3, 3, 1] }));
    expect(await train({ classWeight: { 1: 3 } })).not.toEqual(await train({}));
  });

  it('takes bytes as bytes, and datasets with their labels', async () => {
    const model = sequential([
      layers.rescaling({ scale: 1 / 255, inputShape: [2, 2, 1] }),
      layers.flatten(),
      layers.dense({ units: 2 }),
    ]);
    const { sparseCategoricalCrossentropy } = await import('../losses/index.ts');
    model.compile({
      optimizer: 'sgd',
      loss: sparseCategoricalCrossentropy({ fromLogits: true }),
      metrics: ['accuracy'],
    });
    const images = Uint8Array.from({ length: 24 }, (_, i) => i * 10);
    const dataset = {
      images,
      labels: Uint8Array.of(0, 1, 0, 1, 0, 1),
      imageShape: [2, 2, 1],
      count: 6,
    } as const;
    const { history } = await model.fit(dataset, { verbose: 0 });
    expect(history.loss?.length).toBe(1);
    const same = { images: tensor(images, [6, 2, 2, 1]), labels: tensor(dataset.labels) };
    expect(await model.evaluate(same)).toEqual(await model.evaluate(dataset, { batchSize: 6 }));
    expect((await model.predict({ data: images, shape: [6, 2, 2, 1] })).shape).toEqual([6, 2]);
  });

  it('tells callbacks what happens, and stops when they ask', async () => {
    const seen: string[] = [];
    const watcher: Callback = {
      onTrainBegin: ({ epochs, stepsPerEpoch, examples, batchSize }) => {
        seen.push(`begin ${epochs} ${stepsPerEpoch} ${examples} ${batchSize}`);
      },
      onEpochBegin: (epoch) => {
        seen.push(`epoch ${epoch}`);
      },
      async onTrainBatchEnd(batch, logs, { stop }) {
        const { loss } = await logs.figures();
        seen.push(`batch ${batch} ${logs.size} ${Number.isFinite(logs.loss) && Number.isFinite(loss)}`);
        if (seen.length === 8) stop();
      },
      onEpochEnd: (epoch, logs) => {
        seen.push(`end ${epoch} ${Object.keys(logs)}`);
      },
      onTrainEnd: () => {
        seen.push('end');
      },
    };
    const { epoch, stopped } = await line().fit(LINE.x, LINE.y, {
      ...quiet,
      epochs: 5,
      callbacks: [watcher],
    });
    expect(seen).toEqual([
      'begin 5 3 10 4',
      'epoch 0',
      'batch 0 4 true',
      'batch 1 4 true',
      'batch 2 2 true',
      'end 0 loss',
      'epoch 1',
      'batch 0 4 true',
      'end',
    ]);
    expect(epoch).toEqual([0]);
    expect(stopped).toEqual({ epoch: 1, step: 1 });
  });

  it('prints a line an epoch', async () => {
    const lines: string[] = [];
    await line().fit(LINE.x, LINE.y, { epochs: 2, print: (text) => lines.push(text) });
    expect(lines.map((text) => text.replace(/[\d.]+$/, 'n'))).toEqual([
      'epoch 1/2  loss n',
      'epoch 2/2  loss n',
    ]);
  });

  it('lets events in between batches', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 0);
    await line().fit(LINE.x, LINE.y, { ...quiet, epochs: 100 });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(0);
  });

  it('runs a training step of another kind', async () => {
    class Median extends Model {
      readonly center = this.track(layers.dense({ units: 1 }));

      constructor() {
        super('Median');
      }

      override call(x: Tensor): Tensor {
        return this.center.apply(x);
      }

      override trainStep(batch: Batch): Tensor {
        return mul(super.trainStep(batch), 2);
      }
    }
    const model = new Median();
    model.compile({ optimizer: 'sgd', loss: 'meanAbsoluteError' });
    const losses: number[] = [];
    const watcher: Callback = {
      async onTrainBatchEnd(_batch, { loss, figures }) {
        losses.push(loss / ((await figures()).loss ?? 0));
      },
    };
    await model.fit(LINE.x, LINE.y, { verbose: 0, callbacks: [watcher] });
    expect(losses[0]).toBeCloseTo(2, 5);
  });
});

describe('a loss that is not finite', () => {
  const broken = () => {
    const model = sequential([
      layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'ones' }),
      layers.activation({ activation: (x) => log(x), name: 'logarithm' }),
    ]);
    model.compile({ optimizer: sgd(), loss: 'meanSquaredError' });
    return model;
  };

  it('stops at its step, names what made it, and leaves the model as it was', async () => {
    const model = broken();
    const options = { batchSize: 1, shuffle: false, verbose: 0 } as const;
    await expect(model.fit([[1], [2], [-9], [1]], [0, 0, 0, 0], options)).rejects.toThrow(
      'sequential.fit, epoch 1, step 3: expected a finite loss, got NaN, first made by log in sequential/logarithm; ' +
        'lower the learning rate, now 0.01, bound gradients with clipnorm, or scale the inputs',
    );
    expect(model.trainingState).toEqual({ epoch: 0, step: 2 });
    expect(await model.optimizer.iterations.read().item()).toBe(2);
    const same = broken();
    await same.fit([[1], [2]], [0, 0], options);
    expect(await bits(same)).toEqual(await bits(model));
  });

  it('is told apart from data that is not finite', async () => {
    const fit = line().fit([[1, Number.NaN]], [1], { verbose: 0 });
    await expect(fit).rejects.toThrow(
      'first made by the data: an example or label is not finite; remove or replace',
    );
  });

  it('says if a weight had gone before', async () => {
    const model = line();
    model.setWeights([[[Number.NaN], [1]], [0]]);
    await expect(model.fit(LINE.x, LINE.y, quiet)).rejects.toThrow(
      'first made by the weight dense/kernel, which is not finite itself',
    );
  });

  it('comes from a rate that is too high', async () => {
    const model = line({ rate: 1e30 });
    await expect(model.fit(LINE.x, LINE.y, { ...quiet, epochs: 5 })).rejects.toThrow(/first made by \w+ in /);
  });
});

describe('evaluate', () => {
  it('does not depend on the batch size, nor changes anything', async () => {
    const model = line();
    const before = await bits(model);
    const all = await model.evaluate(LINE.x, LINE.y, { batchSize: 10 });
    const parts = await model.evaluate(LINE.x, LINE.y, { batchSize: 3 });
    expect(parts.loss).toBeCloseTo(all.loss ?? 0, 5);
    expect(await bits(model)).toEqual(before);
    const errors = sub((await model.predict(LINE.x)).dataSync() as Float32Array, LINE.y);
    expect(await mean(mul(errors, errors)).item()).toBeCloseTo(all.loss ?? 0, 5);
  });
});
