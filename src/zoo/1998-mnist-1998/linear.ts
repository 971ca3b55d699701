import { pairwiseClassifier } from '../../classic/pairwise-classifier.ts';
import { pca } from '../../classic/pca.ts';
import { polynomialFeatures } from '../../classic/polynomial-features.ts';
import { ridgeClassifier } from '../../classic/ridge-classifier.ts';
import type { Progress } from '../study.ts';
import { errorOfRows, pixelRows, type Split } from './digits.ts';

/** A penalty that only keeps pixels that are never inked from spoiling the equations; 1 to 100 give the same errors. */
const PENALTY = 10;

/** Of the polynomial's row. */
const COMPONENTS = 40;
const POLYNOMIAL_PENALTY = 1;

/** One linear unit a class, by least squares on the pixels. */
export async function leastSquares({ train, test }: Split, progress: Progress): Promise<number> {
  using rows = pixelRows(train);
  const model = ridgeClassifier({ penalty: PENALTY }).fit(rows, train.labels);
  return await errorOfRows((x) => model.predict(x), test, progress);
}

/** One linear unit for each of the 45 pairs of classes. */
export async function pairwise({ train, test }: Split, progress: Progress): Promise<number> {
  using rows = pixelRows(train);
  const model = pairwiseClassifier({ penalty: PENALTY }).fit(rows, train.labels);
  return await errorOfRows((x) => model.predict(x), test, progress);
}

/** All products of two of 40 principal components, 861 features, and a linear unit a class. */
export async function quadratic({ train, test }: Split, progress: Progress): Promise<number> {
  using rows = pixelRows(train);
  const components = pca({ components: COMPONENTS }).fit(rows);
  await progress(0.1, 'principal components found');
  const model = ridgeClassifier({ penalty: POLYNOMIAL_PENALTY });
  using features = polynomialFeatures(components.transform(rows));
  model.fit(features, train.labels);
  return await errorOfRows((x) => model.predict(polynomialFeatures(components.transform(x))), test, progress);
}
