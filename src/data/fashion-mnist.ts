import { defineIdxDataset } from './idx-dataset.ts';
import type { IdxDatasetDefinition } from './idx-dataset-definition.ts';

/** Where Fashion-MNIST is found, and how it is known. */
export const FASHION_MNIST: IdxDatasetDefinition = {
  name: 'fashion-mnist',
  classes: [
    'T-shirt/top',
    'trouser',
    'pullover',
    'dress',
    'coat',
    'sandal',
    'shirt',
    'sneaker',
    'bag',
    'ankle boot',
  ],
  imageShape: [28, 28, 1],
  counts: { train: 60_000, t10k: 10_000 },
  sha256: {
    'train-images-idx3-ubyte': 'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
    'train-labels-idx1-ubyte': 'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
    't10k-images-idx3-ubyte': '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
    't10k-labels-idx1-ubyte': '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
  },
  systemFolders: ['/usr/share/datasets/fashion-mnist'],
  mirror: 'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
  install: 'apt-get install dataset-fashion-mnist',
  licence: 'MIT',
};

/**
 * Fashion-MNIST: 60,000 + 10,000 pictures of clothes in MNIST's layout, harder than the digits.
 * Xiao, Rasul, Vollgraf 2017. See `defineIdxDataset` for where it looks.
 */
export const fashionMnist = defineIdxDataset(FASHION_MNIST);
