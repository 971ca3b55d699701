import { defineMeasuredDataset, type MeasuredDefinition } from './measured-datasets.ts';

export const IRIS: MeasuredDefinition = {
  name: 'iris',
  file: 'iris.csv',
  sha256: 'f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449',
  count: 150,
  hasHeader: true,
  features: ['sepalLength', 'sepalWidth', 'petalLength', 'petalWidth'],
  classes: ['setosa', 'versicolor', 'virginica'],
};

/** 150 flowers of three kinds by four lengths in cm. Fisher 1936. */
export const iris = defineMeasuredDataset(IRIS);

export const WINE: MeasuredDefinition = {
  name: 'wine',
  file: 'wine_data.csv',
  sha256: '10e8a802908b34f86e5da8ce962f3c806694bc98450a18f61851af59f324bede',
  count: 178,
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
};

/** 178 wines of three growers by 13 measurements. Forina 1991 (UCI). */
export const wine = defineMeasuredDataset(WINE);

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

export const BREAST_CANCER: MeasuredDefinition = {
  name: 'breast cancer',
  file: 'breast_cancer.csv',
  sha256: 'fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed',
  count: 569,
  hasHeader: true,
  features: ['mean', 'error', 'worst'].flatMap((kind) => CELL_FEATURES.map((feature) => `${kind}${feature}`)),
  classes: ['malignant', 'benign'],
};

/** 569 tumours, 212 of them malignant, by ten measurements of cell nuclei. Street, Wolberg, Mangasarian 1993 (UCI). */
export const breastCancer = defineMeasuredDataset(BREAST_CANCER);

export const DIGITS: MeasuredDefinition = {
  name: 'digits',
  file: 'digits.csv.gz',
  sha256: '46abec6b12486ad9e51943373abcf22bbea1b5a51a1619b361570d8893f1464a',
  count: 1797,
  hasHeader: false,
  features: Array.from({ length: 64 }, (_, i) => `row${i >> 3}column${i % 8}`),
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
};

/** 1797 handwritten digits by the ink, 0 to 16, on 8 x 8 places, row by row. Alpaydin, Kaynak 1998 (UCI, the test half). */
export const digits = defineMeasuredDataset(DIGITS);
