import { fastICA } from '../../classic/fast-ica.ts';
import { pca } from '../../classic/pca.ts';
import { sparseCoding } from '../../classic/sparse-coding.ts';
import { matrixTranspose } from '../../ops/linalg/matrix-functions.ts';
import { NumberStream } from '../../random/number-stream.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Progress } from '../study.ts';
import { type Fields, scoreFields } from './fields.ts';
import { drawPatches, type PatchOptions } from './patches.ts';
import { type PictureSet, whitenedPictures } from './pictures.ts';
import { medianKurtosis } from './statistics.ts';

/** Sizes of what is learned. */
export interface LearningSettings {
  readonly patches: number;
  /** Patches of held-out pictures on which responses are measured. */
  readonly testPatches: number;
  /** Pixels of a patch's side. */
  readonly side: number;
  /** Principal components that are kept, and independent ones that are learned. */
  readonly components: number;
  readonly sparse: { readonly side: number; readonly components: number; readonly updates: number };
}

/** Independent and principal components of patches. */
export type Components = {
  /** What each independent component adds to a patch. */
  readonly functions: Fields;
  /** What each independent component is computed with. */
  readonly filters: Fields;
  /** Eigenvectors of the covariance. */
  readonly principal: Fields;
  /** Of the responses to held-out patches. */
  readonly kurtosis: { readonly independent: number; readonly principal: number };
  readonly iterations: number;
};

const BRANCHES = { train: 1, test: 2, sparse: 3, noise: 4 };

const MAXIMUM_ITERATIONS = 400;

/** Pixels at the edges of whitened pictures, which count as periodic and are not. */
const WHITENED_MARGIN = 8;

/** Shares of a part's time. */
const LEARNING = 0.6;

/** Learns both kinds of components from the same patches. */
export async function learnComponents(
  pictures: PictureSet,
  settings: LearningSettings,
  { seed, progress }: { readonly seed: number; readonly progress: Progress },
): Promise<Components> {
  const { patches, testPatches, side, components } = settings;
  const common = { side, margin: 0, seed } satisfies Partial<PatchOptions>;
  const train = drawPatches(pictures.train, { ...common, count: patches, branch: BRANCHES.train });
  const test = drawPatches(pictures.test, { ...common, count: testPatches, branch: BRANCHES.test });
  const principal = pca({ components }).fit(train);
  const independent = await fastICA({ components, seed, maxIterations: MAXIMUM_ITERATIONS }).fit(
    train,
    (iteration, change) =>
      progress(learned(iteration / (iteration + 50)), `FastICA turns by ${change.toPrecision(2)}`),
  );
  const score = async (rows: Tensor, turn: number) =>
    scoreFields(Array.from(await rows.data(), Number), side, scoring(progress, turn, 3));
  return {
    functions: await score(matrixTranspose(independent.mixing), 0),
    filters: await score(independent.components, 1),
    principal: await score(principal.components, 2),
    kurtosis: {
      independent: await medianKurtosis(jit((x: Tensor) => independent.transform(x))(test)),
      principal: await medianKurtosis(jit((x: Tensor) => principal.transform(x))(test)),
    },
    iterations: independent.iterations,
  };
}

/** Learns an overcomplete dictionary from patches of whitened pictures. */
export async function learnSparseCode(
  pictures: PictureSet,
  { patches, sparse: { side, components, updates } }: LearningSettings,
  { seed, progress }: { readonly seed: number; readonly progress: Progress },
): Promise<Fields> {
  const options = { count: patches, side, margin: WHITENED_MARGIN, seed, branch: BRANCHES.sparse };
  const train = drawPatches(await whitenedPictures(pictures.train), options);
  const code = await sparseCoding({ components, updates, seed }).fit(train, (update, energy) =>
    progress(learned(update / updates), `sparse code, energy ${energy.toFixed(1)}`),
  );
  const rows = Array.from(await code.dictionary.data(), Number);
  return scoreFields(rows, side, scoring(progress, 0, 1));
}

/** Fields of nothing but noise: what the score gives away. */
export function scoreNoise(
  { components, side }: LearningSettings,
  { seed, progress }: { readonly seed: number; readonly progress: Progress },
): Promise<Fields> {
  const numbers = new NumberStream(seed, BRANCHES.noise);
  const rows = Float32Array.from({ length: components * side ** 2 }, () => numbers.normal());
  return scoreFields(rows, side, progress);
}

function learned(share: number): number {
  return LEARNING * share;
}

/** Progress of one of several scorings that follow learning. */
function scoring(progress: Progress, turn: number, turns: number): Progress {
  return (share, note) => progress(LEARNING + ((1 - LEARNING) * (turn + share)) / turns, note);
}
