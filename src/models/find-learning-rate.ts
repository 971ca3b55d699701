import { realize } from '../tensor/realize.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { epochBatches, type FitData, prepareFit } from './fit-data.ts';
import type { AnyModel } from './model.ts';
import type { RowsOfPorts } from './port-rows.ts';
import { release } from './release.ts';
import { steepestFall } from './steepest-fall.ts';
import type { SuppliedBatch } from './supply/supply.ts';

/** Options of `findLearningRate`. */
export interface LearningRateSearchOptions {
  /** The first rate. Default 1e-7. */
  readonly minLearningRate?: number;
  /** The last rate. Default 10. */
  readonly maxLearningRate?: number;
  /** Steps from one to the other, at least 3. Default 100. */
  readonly steps?: number;
  /** Examples of a step. Default 32, or all if there are fewer. */
  readonly batchSize?: number;
  /** Decay of the mean of losses, in [0, 1). Default 0.9. */
  readonly smoothing?: number;
  /** The search ends where the mean loss is so many times the smallest. Default 4. */
  readonly divergence?: number;
}

/** What a search found. */
export interface LearningRateSearch {
  /** The rates that were tried, growing by one factor. */
  readonly rates: readonly number[];
  /** The loss of the batch before the update with each rate. */
  readonly losses: readonly number[];
  /** Decaying means of the losses. */
  readonly smoothed: readonly number[];
  /** The rate where the mean loss falls most steeply; null if it never falls. */
  readonly suggestion: number | null;
}

const DEFAULTS = {
  minLearningRate: 1e-7,
  maxLearningRate: 10,
  steps: 100,
  smoothing: 0.9,
  divergence: 4,
};

type Settings = typeof DEFAULTS;

/**
 * Trains for some steps with ever larger rates and looks where the loss falls (Smith 2015, "LR range test").
 * Weights, optimizer and all else are afterwards as they were before.
 * @param x examples, as for `fit`
 * @param y labels, as for `fit`
 * @throws AntlerValueError for a model that is not compiled, and for options that make no sense
 */
export async function findLearningRate(
  model: AnyModel,
  x: RowsOfPorts,
  y: RowsOfPorts,
  options: LearningRateSearchOptions = {},
): Promise<LearningRateSearch> {
  const where = 'findLearningRate';
  requireKnownOptions(options, [...Object.keys(DEFAULTS), 'batchSize'], where);
  const { batchSize, ...given } = options;
  const settings = checked({ ...DEFAULTS, ...given }, where);
  const data = await prepareFit(model, x, y, batchSize === undefined ? {} : { batchSize }, where);
  model.prepareTraining();
  model.prepareCarriedStates(data.batchSize);
  const restore = keepState(model);
  try {
    return await sweep(model, data, settings);
  } finally {
    restore();
  }
}

function checked(settings: Settings, where: string): Settings {
  const { minLearningRate: first, maxLearningRate: last, steps, smoothing, divergence } = settings;
  const require = (holds: boolean, expected: string, got: unknown) => {
    if (!holds) throw new AntlerValueError({ where, expected, got: `${got}` });
  };
  require(first > 0 && Number.isFinite(first), 'minLearningRate > 0', first);
  require(last > first && Number.isFinite(last), 'maxLearningRate > minLearningRate', last);
  require(Number.isInteger(steps) && steps >= 3, 'steps, a whole number >= 3', steps);
  require(smoothing >= 0 && smoothing < 1, 'smoothing in [0, 1)', smoothing);
  require(divergence > 1, 'divergence > 1', divergence);
  return settings;
}

/** Remembers all that training changes. @returns what brings it back */
function keepState(model: AnyModel): () => void {
  const { optimizer, stateVariables } = model;
  const { learningRate } = optimizer.getConfig();
  realize(stateVariables.map((variable) => variable.read().node));
  const before = stateVariables.map((variable) => variable.read());
  return () => {
    stateVariables.forEach((variable, i) => {
      variable.assign(at(before, i));
    });
    optimizer.learningRate = learningRate;
  };
}

async function sweep(model: AnyModel, data: FitData, settings: Settings): Promise<LearningRateSearch> {
  const { minLearningRate, maxLearningRate, steps, smoothing, divergence } = settings;
  const [rates, losses, smoothed]: [number[], number[], number[]] = [[], [], []];
  let [mean, least] = [0, Number.POSITIVE_INFINITY];
  const batches = endlessBatches(data);
  for (let step = 0; step < steps; step++) {
    const rate = minLearningRate * (maxLearningRate / minLearningRate) ** (step / (steps - 1));
    model.optimizer.learningRate = rate;
    const loss = await lossOfStep(model, batches.next().value);
    if (!Number.isFinite(loss)) break;
    mean = smoothing * mean + (1 - smoothing) * loss;
    const unbiased = mean / (1 - smoothing ** (step + 1));
    rates.push(rate);
    losses.push(loss);
    smoothed.push(unbiased);
    least = Math.min(least, unbiased);
    if (unbiased > divergence * least) break;
  }
  return { rates, losses, smoothed, suggestion: steepestFall(rates, smoothed) };
}

/** Batches in the order in which `fit` would take them, epoch behind epoch. */
function* endlessBatches(data: FitData): Generator<SuppliedBatch, never> {
  for (let epoch = 0; ; epoch++) yield* epochBatches(data, epoch, 0);
}

/** Trains on a batch. */
async function lossOfStep(model: AnyModel, { batch }: SuppliedBatch): Promise<number> {
  const result = model.trainProgram(batch);
  const loss = await result.item();
  release(result, batch.x, batch.y, batch.sampleWeight);
  return loss;
}
