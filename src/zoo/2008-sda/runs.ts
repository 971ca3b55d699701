import type { RbmParameters } from '../../pretraining/index.ts';
import { pretrainDenoising } from '../../pretraining/index.ts';
import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';
import { classifier, trainClassifier } from './classifier.ts';
import type { LabelledRows, Variation, VariationParts } from './variations.ts';

/** How a network begins: a stack that learnt with noise, one that learnt without, or at random. */
export type Start = 'denoising' | 'noiseless' | 'random';

/** Part of the inputs that is set to 0 for each variation, as the paper chose it. */
export const CORRUPTION: Readonly<Record<Variation, number>> = { basic: 0.1, rot: 0.25, 'bg-rand': 0.4 };

/** How much a network learns. */
export interface RunSettings {
  /** Units from the pixels to the last hidden layer. */
  readonly sizes: readonly number[];
  readonly pretrainEpochs: number;
  readonly pretrainRate: number;
  /** Of all layers together, at most. */
  readonly epochs: number;
  /** Of a network that begins at random, which needs more. */
  readonly randomEpochs: number;
  readonly learningRate: number;
  /** Part of the pixels that is hidden while the layers of a stack are trained together. */
  readonly hide: number;
  readonly batchSize: number;
}

/** What became of one network. */
export interface RunResult {
  readonly testError: number;
  /** After each epoch. */
  readonly validationErrors: Float64Array;
  /** Weights of some units of the first layer after pretraining, [count, pixels]; empty without it. */
  readonly filters: Float32Array;
}

/** Filters that are kept for the picture. */
export const FILTERS = 12;

/** Share of a run's time that goes into pretraining, for its progress. */
const PRETRAIN_SHARE = 0.6;

/** Makes a start, trains all layers for the classes, and measures. */
export async function runNetwork(
  parts: VariationParts,
  plan: { readonly variation: Variation; readonly start: Start; readonly seed: number },
  settings: RunSettings,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: Progress },
): Promise<RunResult> {
  const { seed, start } = plan;
  const { sizes, epochs, randomEpochs, learningRate, batchSize } = settings;
  const isRandom = start === 'random';
  const stack = isRandom ? null : await learnStack(parts.train, plan, settings, { signal, progress });
  const model = classifier(sizes, { seed, stack, hide: isRandom ? 0 : settings.hide });
  const before = isRandom ? 0 : PRETRAIN_SHARE;
  const trained = await trainClassifier(model, parts, {
    epochs: isRandom ? randomEpochs : epochs,
    learningRate,
    batchSize,
    signal,
    progress: (done, note) => progress(before + (1 - before) * done, note),
  });
  return { ...trained, filters: stack ? strongest(at(stack, 0)) : new Float32Array() };
}

async function learnStack(
  { data, shape }: LabelledRows,
  { variation, start, seed }: { readonly variation: Variation; readonly start: Start; readonly seed: number },
  { sizes, pretrainEpochs, pretrainRate, batchSize }: RunSettings,
  { signal, progress }: { readonly signal: AbortSignal; readonly progress: Progress },
): Promise<RbmParameters[]> {
  const stack = await pretrainDenoising({
    sizes,
    data: { data: Float32Array.from(data, (byte) => byte / 255), shape },
    corruption: start === 'denoising' ? CORRUPTION[variation] : 0,
    epochs: pretrainEpochs,
    learningRate: pretrainRate,
    batchSize,
    seed,
    signal,
    onProgress: (done) => progress(PRETRAIN_SHARE * done, 'layers one by one'),
  });
  await progress(PRETRAIN_SHARE);
  return stack;
}

/** The filters of the units with the largest weights. */
function strongest({ weights, hiddenBias, visibleBias }: RbmParameters): Float32Array {
  const [pixels, units] = [visibleBias.length, hiddenBias.length];
  const filter = (unit: number) =>
    Float32Array.from({ length: pixels }, (_, i) => at(weights, i * units + unit));
  const all = Array.from({ length: units }, (_, unit) => filter(unit));
  const norm = (one: Float32Array) => one.reduce((sum, weight) => sum + weight ** 2, 0);
  const ranked = all.map((one) => ({ one, size: norm(one) })).sort((a, b) => b.size - a.size);
  const kept = new Float32Array(Math.min(FILTERS, units) * pixels);
  ranked.slice(0, FILTERS).forEach(({ one }, i) => {
    kept.set(one, i * pixels);
  });
  return kept;
}
