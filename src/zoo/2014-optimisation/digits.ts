import type { LabelledImages } from '../../data/labelled-images.ts';
import { findLearningRate } from '../../models/find-learning-rate.ts';
import type { Sequential } from '../../models/sequential.ts';
import { adam, sgd } from '../../optimizers/index.ts';
import type { Optimizer } from '../../optimizers/optimizer.ts';
import type { LearningRate } from '../../optimizers/schedules/schedule.ts';
import { oneCycle } from '../../optimizers/schedules.ts';
import { NumberStream } from '../../random/number-stream.ts';
import { AntlerNumericError, at } from '../../util/errors.ts';
import type { Lab, Progress } from '../study.ts';
import { buildLenet } from './lenet.ts';

export interface DigitSettings {
  readonly train: number;
  readonly test: number;
  readonly batchSize: number;
  /** Range tests, the median of which counts, and steps of each. */
  readonly rangeTests: number;
  readonly rangeSteps: number;
  /** Networks that learn with each optimizer; their mean counts. */
  readonly networks: number;
  /** What must be reached; left out where there are too few images to tell. */
  readonly bars?: {
    /** By Adam and by momentum, on the test images. */
    readonly accuracy: number;
    /** By which each of them must be above plain SGD. */
    readonly gain: number;
  };
}

type Rival = 'Adam' | 'momentum' | 'plain SGD';

/** What a range test found. */
export type RangeTest = {
  readonly rival: string;
  readonly rates: readonly number[];
  /** Decaying means. */
  readonly losses: readonly number[];
  readonly rate: number;
};

/** An epoch at a rate. */
export type Epoch = {
  readonly name: string;
  readonly rate: number;
  /** Of the test images, in the mean of the networks. */
  readonly accuracy: number;
};

export type DigitResult = { readonly tests: readonly RangeTest[]; readonly epochs: readonly Epoch[] };

const OPTIMIZERS: Readonly<Record<Rival, (learningRate: LearningRate) => Optimizer>> = {
  Adam: (learningRate) => adam({ learningRate }),
  momentum: (learningRate) => sgd({ learningRate, momentum: 0.9 }),
  'plain SGD': (learningRate) => sgd({ learningRate }),
};

/** Streams of the seed before it are for the range tests. */
const FIRST_NETWORK = 100;

const RANGE = { minLearningRate: 1e-6, maxLearningRate: 1 } as const;

/** Finds the rate of each optimizer for LeNet, and trains an epoch with each; with plain SGD also at momentum's rate. */
export async function learnDigits(
  lab: Lab,
  { train, test }: { readonly train: LabelledImages; readonly test: LabelledImages },
  settings: DigitSettings,
): Promise<DigitResult> {
  const data = { train: firstImages(train, settings.train), test: firstImages(test, settings.test) };
  const tests: RangeTest[] = [];
  const epochs: Epoch[] = [];
  const trainAt = async (name: string, rival: Rival, rate: number) => {
    const accuracy = await lab.part(name, (progress) =>
      learnEpochs(lab, rival, rate, data, settings, progress),
    );
    epochs.push({ name, rate, accuracy });
  };
  for (const rival of ['Adam', 'momentum', 'plain SGD'] as const) {
    const found = await lab.part(`range test of ${rival}`, (progress) =>
      testRange(lab.seed, rival, data.train, settings, progress),
    );
    tests.push(found);
    if (rival === 'plain SGD') await trainAt("plain SGD at momentum's rate", rival, at(tests, 1).rate);
    await trainAt(rival, rival, found.rate);
  }
  return { tests, epochs };
}

/** Several tests with networks of other seeds: a single one depends much on its batches, their median less. */
async function testRange(
  seed: number,
  rival: Rival,
  known: LabelledImages,
  { batchSize, rangeSteps, rangeTests }: DigitSettings,
  progress: Progress,
): Promise<RangeTest> {
  const rows = { data: known.images, shape: [known.count, ...known.imageShape] };
  const options = { ...RANGE, steps: rangeSteps, batchSize };
  const found: RangeTest[] = [];
  for (let test = 0; test < rangeTests; test++) {
    await progress(test / rangeTests);
    const model = lenet(new NumberStream(seed, test).word(), OPTIMIZERS[rival](RANGE.minLearningRate));
    const { rates, smoothed, suggestion } = await findLearningRate(model, rows, known.labels, options);
    found.push({ rival, rates, losses: smoothed, rate: requireRate(suggestion, rival) });
  }
  const sorted = found.sort((a, b) => a.rate - b.rate);
  return at(sorted, Math.floor(sorted.length / 2));
}

/** The rate rises to the given one, and falls to 0. @returns mean accuracy of the networks on the test images */
async function learnEpochs(
  { seed, signal }: Lab,
  rival: Rival,
  rate: number,
  { train, test }: { readonly train: LabelledImages; readonly test: LabelledImages },
  { batchSize, networks }: DigitSettings,
  progress: Progress,
): Promise<number> {
  const steps = Math.ceil(train.count / batchSize);
  let sum = 0;
  for (let network = 0; network < networks; network++) {
    const optimizer = OPTIMIZERS[rival](oneCycle({ maxLearningRate: rate, totalSteps: steps }));
    const model = lenet(new NumberStream(seed, FIRST_NETWORK + network).word(), optimizer);
    const report = (done: number) => progress((network + done) / networks);
    const onTrainBatchEnd = (batch: number) => (batch % 50 === 0 ? report(batch / steps) : undefined);
    await model.fit(train, { epochs: 1, batchSize, verbose: 0, signal, callbacks: [{ onTrainBatchEnd }] });
    await report(1);
    const { accuracy = Number.NaN } = await model.evaluate(test);
    sum += accuracy;
  }
  return sum / networks;
}

function lenet(seed: number, optimizer: Optimizer): Sequential {
  const model = buildLenet(seed);
  model.compile({ optimizer, loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
  return model;
}

function firstImages(all: LabelledImages, count: number): LabelledImages {
  const size = all.imageShape.reduce((product, extent) => product * extent, 1);
  return {
    ...all,
    count,
    images: all.images.subarray(0, count * size),
    labels: all.labels.subarray(0, count),
  };
}

function requireRate(rate: number | null, rival: Rival): number {
  if (rate !== null) return rate;
  throw new AntlerNumericError({
    where: `range test of ${rival}`,
    expected: 'a rate at which the loss falls',
    got: 'none',
    fix: 'take more steps',
  });
}
