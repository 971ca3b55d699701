import { readFile } from '#platform';
import { decodeWav, type Sound } from '../../io/wav.ts';
import { AntlerDataError } from '../../util/errors.ts';
import { requireKnownOptions } from '../../util/suggest.ts';
import { Dataset } from '../pipeline/dataset.ts';
import type { HostArray } from '../pipeline/element.ts';
import { sourceOf } from '../pipeline/source.ts';
import { requireWhole } from '../pipeline/whole-number.ts';
import { listClassFolders } from './class-folders.ts';
import type { FolderDataset } from './image-folder.ts';

/** Options of `data.fromAudioFolder`. */
export interface AudioFolderOptions {
  /** Frames a second that every file must have. Default any. */
  readonly samplingRate?: number;
  /** Frames of every element: longer ones are cut, shorter ones end in silence. Default as the files. */
  readonly outputSequenceLength?: number;
  /** The classes and their order; default all folders in the folder, by name. */
  readonly classNames?: readonly string[];
}

/**
 * The WAV files in the folders of a folder, each of which is a class: float32 [frames, channels], and the number of the
 * class. As Keras's `audio_dataset_from_directory`, but not batched or shuffled; `paddedBatch` puts unequal lengths
 * together.
 * @throws AntlerDataError if there are none; while iterating, for damaged files and other rates
 */
export async function fromAudioFolder(
  folder: string,
  options: AudioFolderOptions = {},
): Promise<FolderDataset> {
  const where = 'data.fromAudioFolder';
  requireKnownOptions(options, ['samplingRate', 'outputSequenceLength', 'classNames'], where);
  const { samplingRate, outputSequenceLength, classNames: given } = options;
  if (outputSequenceLength !== undefined)
    requireWhole(outputSequenceLength, 'outputSequenceLength', where, 1);
  const { files, classNames } = await listClassFolders(folder, {
    endings: ['.wav'],
    where,
    ...(given && { classNames: given }),
  });
  const get = async (index: number) => {
    const { path, label } = files[index] as (typeof files)[number];
    const sound = decodeWav(await readFile(path), path);
    if (samplingRate !== undefined) requireRate(sound, samplingRate, path);
    return [toFrames(sound, outputSequenceLength), label] as const;
  };
  const dataset = new Dataset(sourceOf({ size: files.length, view: () => ({ get }) }));
  return { dataset, classNames, paths: files.map(({ path }) => path) };
}

function requireRate({ sampleRate }: Sound, wanted: number, file: string): void {
  if (sampleRate === wanted) return;
  throw new AntlerDataError({
    where: file,
    expected: `${wanted} frames a second`,
    got: `${sampleRate}`,
    fix: 'convert the file, or leave samplingRate out',
  });
}

function toFrames({ samples, channels }: Sound, frames = samples.length / channels): HostArray {
  const data = new Float32Array(frames * channels);
  data.set(samples.subarray(0, data.length));
  return { data, shape: [frames, channels] };
}
