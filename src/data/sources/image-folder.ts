import { readImage } from '../../io/image-file.ts';
import { lookUp, requireKnownOptions } from '../../util/suggest.ts';
import { CHANNELS, type ColourMode, rasterToArray } from '../image-array.ts';
import { Dataset } from '../pipeline/dataset.ts';
import type { HostArray } from '../pipeline/element.ts';
import { sourceOf } from '../pipeline/source.ts';
import { requireWhole } from '../pipeline/whole-number.ts';
import { listClassFolders } from './class-folders.ts';

/** Options of `data.fromImageFolder`. */
export interface ImageFolderOptions {
  /** Every image is resized to this. Default [256, 256]. */
  readonly imageSize?: readonly [height: number, width: number];
  /** Default `rgb`. */
  readonly colorMode?: ColourMode;
  /** The classes and their order; default all folders in the folder, by name. */
  readonly classNames?: readonly string[];
}

/** Examples out of files with one class each. */
export interface FolderDataset {
  /** Pairs of values and the number of the class, by class and file name: shuffle them. */
  readonly dataset: Dataset<readonly [values: HostArray, label: number]>;
  /** Names of the classes, in the order of their numbers. */
  readonly classNames: readonly string[];
  /** Paths of the files, in the order of the dataset. */
  readonly paths: readonly string[];
}

/**
 * The PNG and JPEG images in the folders of a folder, each of which is a class: float32 [height, width, channels] in
 * 0 .. 255, and the number of the class. As Keras's `image_dataset_from_directory`, but not batched or shuffled. JPEG needs
 * the package jpeg-js.
 * @throws AntlerDataError if there are none; while iterating, for damaged files
 */
export async function fromImageFolder(
  folder: string,
  options: ImageFolderOptions = {},
): Promise<FolderDataset> {
  const where = 'data.fromImageFolder';
  requireKnownOptions(options, ['imageSize', 'colorMode', 'classNames'], where);
  const { imageSize = [256, 256], colorMode = 'rgb', classNames: given } = options;
  lookUp(CHANNELS, colorMode, { where, kind: 'a colorMode' });
  const [height, width] = imageSize.map((size) => requireWhole(size, 'imageSize', where, 1)) as [
    number,
    number,
  ];
  const endings = ['.png', '.jpg', '.jpeg'];
  const { files, classNames } = await listClassFolders(folder, {
    endings,
    where,
    ...(given && { classNames: given }),
  });
  const get = async (index: number) => {
    const { path, label } = files[index] as (typeof files)[number];
    return [rasterToArray(await readImage(path), { height, width, colorMode }), label] as const;
  };
  const dataset = new Dataset(sourceOf({ size: files.length, view: () => ({ get }) }));
  return { dataset, classNames, paths: files.map(({ path }) => path) };
}
