import { defineMeasuredDataset } from './measured-datasets.ts';

/** 150 flowers of three kinds by four lengths in cm. Fisher 1936. */
export const iris = defineMeasuredDataset({
  name: 'iris',
  file: 'iris.csv',
  hasHeader: true,
  features: ['sepalLength', 'sepalWidth', 'petalLength', 'petalWidth'],
  classes: ['setosa', 'versicolor', 'virginica'],
});

/** 178 wines of three growers by 13 measurements. Forina 1991 (UCI). */
export const wine = defineMeasuredDataset({
  name: 'wine',
  file: 'wine_data.csv',
  hasHeader: true,
  features: [
    'alcohol',
    'malicAcid',
    'ash',
    'alcalinityOfAsh',
    'magnesium',
    'totalPhenols',
    'flavanoids',
    'nonflavanoidPhenols',
    'proanthocyanins',
    'colorIntensity',
    'hue',
    'od280od315',
    'proline',
  ],
  classes: ['0', '1', '2'],
});

const CELL_FEATURES = [
  'Radius',
  'Texture',
  'Perimeter',
  'Area',
  'Smoothness',
  'Compactness',
  'Concavity',
  'ConcavePoints',
  'Symmetry',
  'FractalDimension',
] as const;

/** 569 tumours, 212 of them malignant, by ten measurements of cell nuclei. Street, Wolberg, Mangasarian 1993 (UCI). */
export const breastCancer = defineMeasuredDataset({
  name: 'breast cancer',
  file: 'breast_cancer.csv',
  hasHeader: true,
  features: ['mean', 'error', 'worst'].flatMap((kind) => CELL_FEATURES.map((feature) => `${kind}${feature}`)),
  classes: ['malignant', 'benign'],
});

/** 1797 handwritten digits by the ink, 0 to 16, on 8 x 8 places, row by row. Alpaydin, Kaynak 1998 (UCI, the test half). */
export const digits = defineMeasuredDataset({
  name: 'digits',
  file: 'digits.csv.gz',
  hasHeader: false,
  features: Array.from({ length: 64 }, (_, i) => `row${i >> 3}column${i % 8}`),
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
});
