import type { LabelledImages } from '../../data/labelled-images.ts';
import { mnist } from '../../data/mnist.ts';
import { mean } from '../../ops/reduce/reduce.ts';
import { at } from '../../util/errors.ts';
import { lenet5ForTraining } from '../1998-lenet5/model.ts';
import { type LayerParameters, startFrom } from '../start-from.ts';
import type { Findings, Lab, Progress } from '../study.ts';
import { BeliefNetwork, type BeliefParameters, DirectedLayer, passedUp, untied } from './belief-network.ts';
import { balanced, firstOf, pixelRows } from './digits.ts';
import { errorOf, fitTo, layersOf, logisticNetwork, type TuningSettings, tune } from './discriminative.ts';
import { dbnFigures } from './figures.ts';
import { dbnFindings } from './findings.ts';
import { learnFeatures, learnTop, learnUpDown, type UpDownSettings } from './learning.ts';
import { generativeError } from './measuring.ts';
import { drawDigits, type SampleSettings } from './samples.ts';

/** How much is learned. */
export interface DbnSettings {
  readonly trainCount: number;
  readonly testCount: number;
  /** Units of the directed layers, lowest first. */
  readonly features: readonly number[];
  /** Hidden units of the top machine. */
  readonly top: number;
  /** Passes of the machines below the top, and of the one on top. */
  readonly greedyEpochs: { readonly features: number; readonly top: number };
  readonly upDown: UpDownSettings;
  readonly tuning: TuningSettings;
  /** Learning from few labels: digits of each class, and how. */
  readonly few: TuningSettings & { readonly perClass: number };
  readonly samples: SampleSettings;
  readonly judgeEpochs: number;
}

/** Chosen on the last 10,000 training images. */
export const SETTINGS: DbnSettings = {
  trainCount: 60_000,
  testCount: 10_000,
  features: [500, 500],
  top: 2000,
  greedyEpochs: { features: 15, top: 8 },
  upDown: { epochs: 2, learningRate: 0.05, steps: 3 },
  tuning: { epochs: 12, batchSize: 100, learningRate: 0.001 },
  few: { perClass: 100, epochs: 200, batchSize: 50, learningRate: 0.005, dropout: 0.5 },
  samples: { perClass: 30, steps: 1000 },
  judgeEpochs: 3,
};

/** Ends in seconds. */
export const SHORT_SETTINGS: DbnSettings = {
  trainCount: 3000,
  testCount: 1000,
  features: [100, 100],
  top: 200,
  greedyEpochs: { features: 8, top: 8 },
  upDown: { epochs: 2, learningRate: 0.1, steps: 3 },
  tuning: { epochs: 8, batchSize: 100, learningRate: 0.002 },
  few: { perClass: 20, epochs: 20, batchSize: 20, learningRate: 0.002 },
  samples: { perClass: 10, steps: 50 },
  judgeEpochs: 2,
};

/** Digits to learn from and to measure on. */
interface Digits {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
}

/** Greedy learning, up-down, generation, and what pretraining gives to a network that tells digits apart. */
export async function runDbn(lab: Lab, settings: DbnSettings): Promise<Findings> {
  const { train, test, source } = await mnist(lab.dataOptions);
  const digits = { train: firstOf(train, settings.trainCount), test: firstOf(test, settings.testCount) };
  const greedy = await learnGreedily(lab, digits, settings);
  const tuned = await lab.part('up-down', async (progress) => {
    const network = new BeliefNetwork(greedy.parameters, lab.seed);
    await learnUpDown(network, digits.train, settings.upDown, lab.seed, progress);
    const error = await generativeError(network, digits.test);
    return { parameters: await network.parameters(), error };
  });
  const samples = await judgedSamples(lab, digits, tuned.parameters, settings);
  const measured = {
    greedyError: greedy.error,
    upDownError: tuned.error,
    ...samples,
    ...(await fewLabels(lab, digits, greedy.parameters, settings)),
    ...(await discriminative(lab, digits, greedy.parameters, settings)),
  };
  return {
    ...dbnFindings(measured),
    data: `MNIST; ${source.location}`,
    figures: dbnFigures({ ...measured, filters: at(greedy.parameters.recognition, 0) }),
  };
}

/** The network that learns one layer after the other. */
async function learnGreedily(
  lab: Lab,
  { train, test }: Digits,
  { features, top, greedyEpochs }: DbnSettings,
): Promise<{ readonly parameters: BeliefParameters; readonly error: number }> {
  const machines = await lab.part('greedy, features', async (progress) =>
    (await learnFeatures(train, features, greedyEpochs.features, lab, progress)).map((machine) => ({
      ...machine,
    })),
  );
  return lab.part('greedy, features and labels', async (progress) => {
    const layers = machines.map(
      ({ weights, hiddenBias }) => new DirectedLayer({ weights, bias: hiddenBias }),
    );
    const inputs = passedUp(layers, pixelRows(train));
    const parameters = untied(machines, await learnTop(inputs, train, top, greedyEpochs.top, lab, progress));
    return { parameters, error: await generativeError(new BeliefNetwork(parameters, lab.seed), test) };
  });
}

/** Draws digits for each label, and lets a convolutional network read them. */
function judgedSamples(
  lab: Lab,
  { train, test }: Digits,
  parameters: BeliefParameters,
  { samples, judgeEpochs }: DbnSettings,
): Promise<{ readonly drawn: Uint8Array; readonly readCorrectly: number; readonly judgeError: number }> {
  return lab.part('samples', async (progress) => {
    const settings = { epochs: judgeEpochs, batchSize: 128, validationSplit: 0 };
    const judge = lenet5ForTraining({ seed: lab.seed, settings, trainCount: train.count });
    await fitTo(judge, train, settings, lab, (done) => progress(done / 2, 'training the judge'));
    const network = new BeliefNetwork(parameters, lab.seed);
    const ink = mean(pixelRows(train), 0);
    const digits = await drawDigits(network, ink, samples, lab.seed, (done) => progress((1 + done) / 2));
    return {
      drawn: digits.images,
      readCorrectly: 1 - (await errorOf(judge, digits)),
      judgeError: await errorOf(judge, test),
    };
  });
}

/** Errors of the whole network, and of one that begins at random. */
async function discriminative(
  lab: Lab,
  digits: Digits,
  parameters: BeliefParameters,
  { features, top, tuning }: DbnSettings,
): Promise<{ readonly pretrainedError: number; readonly randomError: number }> {
  const error = (name: string, learned: readonly LayerParameters[]) =>
    lab.part(name, (progress) => tunedError(lab, digits, [...features, top], learned, tuning, progress));
  return {
    pretrainedError: await error('fine-tuning', layersOf(parameters)),
    randomError: await error('the same network from random weights', []),
  };
}

/** The same with few labels, for the layers that were learned without any. */
async function fewLabels(
  lab: Lab,
  { train, test }: Digits,
  { recognition }: BeliefParameters,
  { features, few }: DbnSettings,
): Promise<{
  readonly fewLabels: number;
  readonly fewPretrainedError: number;
  readonly fewRandomError: number;
}> {
  const digits = { train: balanced(train, few.perClass, lab.seed), test };
  const error = (name: string, learned: readonly LayerParameters[]) =>
    lab.part(name, (progress) => tunedError(lab, digits, features, learned, few, progress));
  return {
    fewLabels: digits.train.count,
    fewPretrainedError: await error('few labels, fine-tuning', recognition),
    fewRandomError: await error('few labels, random weights', []),
  };
}

async function tunedError(
  lab: Lab,
  { train, test }: Digits,
  units: readonly number[],
  learned: readonly LayerParameters[],
  settings: TuningSettings,
  progress: Progress,
): Promise<number> {
  const model = logisticNetwork(units, lab.seed, settings.dropout);
  startFrom(model, learned);
  await tune(model, train, settings, lab, progress);
  return errorOf(model, test);
}
