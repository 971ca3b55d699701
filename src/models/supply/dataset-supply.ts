import { AntlerDataError, AntlerValueError } from '../../util/errors.ts';
import type { FitOptions } from '../fit-options.ts';
import { trainingHints } from '../hints/hints.ts';
import type { AnyModel } from '../model.ts';
import { countOf } from '../port-rows.ts';
import { BatchIntake } from './batch-intake.ts';
import { type BatchSource, noBatches, requireEnd, toDataset } from './batch-source.ts';
import { BatchStream } from './batch-stream.ts';
import type { BatchFeed, FitSupply } from './supply.ts';
import { validationOn } from './validation.ts';

/** Batches out of a dataset, as they come. The first says for what the model is built. */
export async function datasetSupply(
  model: AnyModel,
  source: BatchSource,
  options: FitOptions,
  where: string,
): Promise<FitSupply> {
  const { stepsPerEpoch } = options;
  refuseRowOptions(options, where);
  if (stepsPerEpoch === undefined) requireEnd(toDataset(source), `${where} without stepsPerEpoch`);
  const stream = new BatchStream(source, stepsPerEpoch, where);
  try {
    return await supplyOf(model, stream, options, where);
  } catch (error) {
    await stream.close();
    throw error;
  }
}

async function supplyOf(
  model: AnyModel,
  stream: BatchStream,
  options: FitOptions,
  where: string,
): Promise<FitSupply> {
  const { stepsPerEpoch, initialEpoch = 0, initialStep = 0, classWeight, validationData } = options;
  const intake = new BatchIntake(model, { where, classWeight });
  await stream.begin(initialEpoch, initialStep);
  // an epoch that was left behind its last batch has nothing more to look at
  const first = (await stream.peek()) ?? (initialStep > 0 ? await stream.first() : undefined);
  if (first === undefined) throw noBatches(where);
  const { rows } = await intake.rows(first);
  const batchSize = countOf(rows.x);
  const steps = stepsPerEpoch ?? stream.size;
  return {
    examples: (steps ?? Number.NaN) * batchSize,
    batchSize,
    steps,
    hints: options.verbose === 0 ? [] : trainingHints(model, rows.x, where),
    place: stream,
    validate: validationData && (await validationOn(model, validationData, batchSize, where)),
    begin: (epoch, firstStep) => beginEpoch({ stream, intake, stepsPerEpoch, where }, epoch, firstStep),
    close: () => stream.close(),
  };
}

interface Epochs {
  readonly stream: BatchStream;
  readonly intake: BatchIntake;
  readonly stepsPerEpoch: number | undefined;
  readonly where: string;
}

async function beginEpoch(
  { stream, intake, stepsPerEpoch = Infinity, where }: Epochs,
  epoch: number,
  firstStep: number,
): Promise<BatchFeed> {
  await stream.begin(epoch, firstStep);
  let step = firstStep;
  return {
    async next() {
      if (step >= stepsPerEpoch) return undefined;
      const given = await stream.next();
      if (given !== undefined) {
        step++;
        return intake.labelled(given);
      }
      if (step === 0) throw noBatches(`${where}, epoch ${epoch}`);
      if (stepsPerEpoch === Infinity) return undefined;
      throw tooFewBatches(stepsPerEpoch, step, `${where}, epoch ${epoch}`);
    },
  };
}

function tooFewBatches(stepsPerEpoch: number, step: number, where: string): AntlerDataError {
  return new AntlerDataError({
    where,
    expected: `${stepsPerEpoch} batches, as stepsPerEpoch says`,
    got: `${step}, and then the end of the data`,
    fix: 'give fewer stepsPerEpoch, or data.fromGenerator(function), which can begin anew',
  });
}

/** @throws AntlerValueError for options that a dataset decides itself */
function refuseRowOptions(options: FitOptions, where: string): void {
  const fixes = {
    batchSize: 'use batch(size) of the dataset',
    validationSplit: 'use take(count) and skip(count) of the dataset, and validationData',
    shuffle: 'use shuffle() of the dataset',
    sampleWeight: 'give batches [x, y, sampleWeight]',
  } as const;
  for (const [name, fix] of Object.entries(fixes)) {
    if (options[name as keyof typeof fixes] === undefined) continue;
    throw new AntlerValueError({ where, expected: `no ${name} beside a dataset`, got: `${name}`, fix });
  }
}
