import { distort } from '../../data/index.ts';
import type { ImageDataset } from '../../data/labelled-images.ts';
import { tensor } from '../../ops/index.ts';
import { at } from '../../util/errors.ts';
import type { Lab } from '../study.ts';
import { firstImages, type Labelled, sampleOfEachClass, shiftedImages } from './digit-sample.ts';
import type { GalleryDigit, ShiftCurves } from './figures.ts';
import { type LayerPicture, picturesOfLayers } from './layer-pictures.ts';
import { restoreNetwork, type StoredNetwork, storeNetwork } from './stored-network.ts';
import {
  type Classifier,
  DEFORMATIONS,
  deformationErrors,
  errorOf,
  nearestClassifier,
  networkClassifier,
  shiftErrors,
} from './tolerance.ts';
import { type DigitLearning, trainDigits } from './train-digits.ts';

export interface DigitSettings extends DigitLearning {
  /** Training images of each class. */
  readonly perClass: number;
  /** Test images of the one figure that is reported. */
  readonly testImages: number;
  /** Of these, the first, that are moved and deformed. */
  readonly movedImages: number;
  /** Pixels by which they are moved; with 0 and 2 among them. */
  readonly shifts: readonly number[];
}

/** What one classifier makes of test images. */
export type Tolerance = {
  /** Of all test images, as they are. */
  readonly testError: number;
  readonly shifts: ShiftCurves;
  /** Under each of `DEFORMATIONS`. */
  readonly deformations: number[];
};

/** Learns digits, in a part of its own. */
export function learnNetwork(
  lab: Lab,
  { train }: ImageDataset,
  settings: DigitSettings,
): Promise<StoredNetwork> {
  return lab.part('learn', async (progress) => {
    const sample = sampleOfEachClass(train, settings.perClass, lab.seed);
    return storeNetwork(await trainDigits(sample.images, sample.labels, settings, progress));
  });
}

/** What the network and the nearest of the images that it learned from make of test images as they are, moved, deformed. */
export async function measureBoth(
  lab: Lab,
  { train, test }: ImageDataset,
  stored: StoredNetwork,
  settings: DigitSettings,
): Promise<{ readonly network: Tolerance; readonly nearest: Tolerance }> {
  const network = networkClassifier(restoreNetwork(stored));
  const nearest = nearestClassifier(sampleOfEachClass(train, settings.perClass, lab.seed));
  return {
    network: await measure(lab, 'neocognitron', network, test, settings),
    nearest: await measure(lab, '1-NN', nearest, test, settings),
  };
}

async function measure(
  lab: Lab,
  name: string,
  classify: Classifier,
  test: ImageDataset['test'],
  settings: DigitSettings,
): Promise<Tolerance> {
  const moved = firstImages(test, settings.movedImages);
  const pixels = settings.shifts;
  return {
    testError: await lab.part(`${name}: test`, (progress) =>
      errorOf(classify, firstImages(test, settings.testImages), progress),
    ),
    shifts: await lab.part(`${name}: shifts`, async (progress) => ({
      horizontal: await shiftErrors(classify, moved, { axis: 'horizontal', pixels }, (done, note) =>
        progress(done / 2, note),
      ),
      vertical: await shiftErrors(classify, moved, { axis: 'vertical', pixels }, (done, note) =>
        progress((1 + done) / 2, note),
      ),
    })),
    deformations: await lab.part(`${name}: deformations`, (progress) =>
      deformationErrors(classify, moved, lab.seed, progress),
    ),
  };
}

/** Digits of a row of the gallery. */
const GALLERY_COLUMNS = 10;

/** Test digits as they are, moved, and under each deformation, with the network's answers. */
export function showGallery(
  lab: Lab,
  { test }: ImageDataset,
  stored: StoredNetwork,
): Promise<GalleryDigit[]> {
  return lab.part('gallery', async (progress) => {
    const plain = oneOfEachClass(test);
    const { images, labels } = plain;
    const deformed = DEFORMATIONS.map(({ name: _, ...amounts }): Labelled => {
      const { data } = distort(images, { ...amounts, seed: lab.seed });
      return { images: { data, shape: images.shape }, labels };
    });
    const rows = [plain, shiftedImages(plain, 2, -2), ...deformed];
    const classify = networkClassifier(restoreNetwork(stored));
    const gallery: GalleryDigit[] = [];
    for (const row of rows) {
      const answers = await classify(row.images, progress);
      for (let i = 0; i < answers.length; i++) {
        const image = row.images.data.slice(i * 28 * 28, (i + 1) * 28 * 28);
        gallery.push({ image, label: at(row.labels, i), answer: at(answers, i) });
      }
    }
    return gallery;
  });
}

/** All planes for one test digit. */
export function showPlanes(
  lab: Lab,
  { test }: ImageDataset,
  stored: StoredNetwork,
  digit: number,
): Promise<LayerPicture[]> {
  return lab.part('planes', () => {
    const { images } = oneOfEachClass(test);
    const image = images.data.subarray(digit * 28 * 28, (digit + 1) * 28 * 28);
    return picturesOfLayers(restoreNetwork(stored), tensor(image, [1, 28, 28, 1]));
  });
}

/** The first test image of each class, in the order of the classes. */
function oneOfEachClass(test: ImageDataset['test']): Labelled {
  const data = new Uint8Array(GALLERY_COLUMNS * 28 * 28);
  for (let digit = 0; digit < GALLERY_COLUMNS; digit++) {
    const image = test.labels.indexOf(digit);
    data.set(test.images.subarray(image * 28 * 28, (image + 1) * 28 * 28), digit * 28 * 28);
  }
  return {
    images: { data, shape: [GALLERY_COLUMNS, 28, 28, 1] },
    labels: Uint8Array.from({ length: GALLERY_COLUMNS }, (_, digit) => digit),
  };
}
