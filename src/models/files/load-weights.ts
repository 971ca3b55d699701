import { readFile } from '#platform';
import { assignWeights, assignWhatFits, type WeightReport } from '../../io/assign-weights.ts';
import { decodeHdf5 } from '../../io/hdf5/decode.ts';
import type { Hdf5Group } from '../../io/hdf5/tree.ts';
import { decodeKerasArchive } from '../../io/keras/keras-archive.ts';
import { hasLegacyLayout, matchLegacyWeights, matchLegacyWeightsByName } from '../../io/keras/legacy-hdf5.ts';
import {
  hasKerasLayout,
  matchKerasWeights,
  matchKerasWeightsByName,
} from '../../io/keras/weights-from-hdf5.ts';
import { decodeNpz } from '../../io/numpy/npz.ts';
import { decodeSafetensors } from '../../io/safetensors-decode.ts';
import type { WeightMatches } from '../../io/weight-matches.ts';
import { AntlerDataError } from '../../util/errors.ts';
import type { AnyModel } from '../model.ts';
import { type ByteSource, bytesOf } from './byte-source.ts';
import { formatOfBytes } from './format.ts';
import { matchByName } from './named-weights.ts';
import { OPTIMIZER_ARRAY } from './safetensors-format.ts';

/** Options of `loadWeights`. */
export interface LoadWeightsOptions {
  /** Whether every weight must find its array, and every array its weight. Default true. */
  readonly strict?: boolean;
  /** For HDF5: match layers by their names, not by where they stand. Default false. */
  readonly byName?: boolean;
}

/** Takes the weights of a file; see `Model.loadWeights`. */
export async function loadWeights(
  model: AnyModel,
  source: string | ByteSource,
  { strict = true, byName = false }: LoadWeightsOptions = {},
): Promise<WeightReport> {
  model.requireBuiltShapes('loadWeights');
  const file = typeof source === 'string' ? source : 'weights';
  const bytes = typeof source === 'string' ? await readFile(source) : await bytesOf(source);
  const matches = await matchFile(bytes, model, { file, byName });
  if (strict) assignWeights(matches, file);
  return assignWhatFits(matches);
}

interface MatchOptions {
  readonly file: string;
  readonly byName: boolean;
}

async function matchFile(bytes: Uint8Array, model: AnyModel, options: MatchOptions): Promise<WeightMatches> {
  const { file } = options;
  switch (formatOfBytes(bytes, file)) {
    case 'h5':
      return matchHdf5(await decodeHdf5(bytes, file), model, options);
    case 'keras':
      return matchArchive(bytes, model, options);
    case 'safetensors': {
      const { arrays } = decodeSafetensors(bytes, file);
      return matchByName(
        arrays.filter(({ name }) => !OPTIMIZER_ARRAY.test(name)),
        model,
      );
    }
  }
}

/** A zip archive is a `.keras` or a `.npz` file; the name of its first member tells. */
async function matchArchive(
  bytes: Uint8Array,
  model: AnyModel,
  options: MatchOptions,
): Promise<WeightMatches> {
  const firstName = new TextDecoder('latin1').decode(bytes.subarray(30, 30 + (bytes[26] ?? 0)));
  if (!firstName.endsWith('.npy')) {
    return matchHdf5((await decodeKerasArchive(bytes, options.file)).weights, model, options);
  }
  const arrays = await decodeNpz(bytes, options.file);
  return matchByName(
    Array.from(arrays, ([name, array]) => ({ name, ...array })),
    model,
  );
}

function matchHdf5(root: Hdf5Group, model: AnyModel, { file, byName }: MatchOptions): WeightMatches {
  const inner = root.members.get('model_weights');
  const group = inner?.kind === 'group' ? inner : root;
  if (hasLegacyLayout(group))
    return (byName ? matchLegacyWeightsByName : matchLegacyWeights)(group, model, file);
  if (hasKerasLayout(group)) return (byName ? matchKerasWeightsByName : matchKerasWeights)(group, model);
  throw new AntlerDataError({
    where: file,
    expected: 'weights as Keras keeps them',
    got: `an HDF5 file with ${[...root.members.keys()].slice(0, 5).join(', ') || 'nothing'}`,
  });
}
