import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/create.ts';
import { normal } from '../random/distributions.ts';
import { key } from '../random/keys.ts';
import { pairwiseClassifier } from './pairwise-classifier.ts';
import { polynomialFeatures } from './polynomial-features.ts';
import { ridgeClassifier } from './ridge-classifier.ts';

const CORNERS = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]);

describe('ridgeClassifier', () => {
  it('separates classes in a row', () => {
    const model = ridgeClassifier({ penalty: 0 }).fit(CORNERS, [0, 1, 0, 1]);
    expect(model.predict(CORNERS).arraySync()).toEqual([0, 1, 0, 1]);
    expect(model.scores([[0.5, 0.5]]).arraySync()).toEqual([[0, 0]]);
  });

  it('adds up blocks of rows to what one block gives', () => {
    const rows = normal(key(1), [20_000, 3]);
    const labels = Int32Array.from({ length: 20_000 }, (_, i) => i % 2);
    const whole = ridgeClassifier().fit(rows, labels).bias.arraySync();
    expect(whole).toHaveLength(2);
    expect(
      ridgeClassifier({ penalty: 1e9 })
        .fit(rows, labels)
        .scores([[1, 1, 1]])
        .dataSync()[0],
    ).toBeCloseTo(0, 3);
  });

  it('says that features depend on each other', () => {
    const twins = [
      [1, 1],
      [2, 2],
      [3, 3],
    ];
    expect(() => ridgeClassifier({ penalty: 0 }).fit(twins, [0, 1, 1])).toThrow(
      'expected features that do not depend on each other, got equations without one solution; give a larger penalty',
    );
    expect(ridgeClassifier({ penalty: 0.1 }).fit(twins, [0, 1, 1]).weights.shape).toEqual([2, 2]);
  });

  it('says what is wrong with options', () => {
    expect(() => ridgeClassifier({ penalty: -1 })).toThrow('expected penalty, a number >= 0, got -1');
    expect(() => ridgeClassifier({ ridge: 1 } as object)).toThrow(
      "ridgeClassifier: expected an option it knows, got 'ridge'",
    );
  });
});

describe('polynomialFeatures', () => {
  it('has all products in order', () => {
    expect(polynomialFeatures([[2, 3]]).arraySync()).toEqual([[1, 2, 3, 4, 6, 9]]);
    expect(polynomialFeatures([[2, 3]], { degree: 1 }).arraySync()).toEqual([[1, 2, 3]]);
  });

  it('makes 861 of 40', () => {
    expect(polynomialFeatures(normal(key(0), [2, 40])).shape).toEqual([2, 861]);
  });

  it('lets a linear classifier learn XOR', () => {
    const features = polynomialFeatures(CORNERS);
    const model = ridgeClassifier({ penalty: 1e-3 }).fit(features, [0, 1, 1, 0]);
    expect(model.predict(features).arraySync()).toEqual([0, 1, 1, 0]);
  });

  it('says what is wrong', () => {
    expect(() => polynomialFeatures([[1]], { degree: 0 })).toThrow(
      'expected degree, a whole number >= 1, got 0',
    );
    expect(() => polynomialFeatures([[Number.NaN]])).toThrow(
      'polynomialFeatures: expected finite numbers, got NaN',
    );
  });
});

describe('pairwiseClassifier', () => {
  // the class in the middle of a line, which one linear unit a class cannot tell from both others
  const line = tensor([[-3], [-2], [0], [0.5], [2], [3]]);
  const labels = [0, 0, 1, 1, 2, 2];

  it('finds a class between two others', () => {
    expect(pairwiseClassifier({ penalty: 0 }).fit(line, labels).predict(line).arraySync()).toEqual(labels);
    expect(ridgeClassifier({ penalty: 0 }).fit(line, labels).predict(line).arraySync()).not.toEqual(labels);
  });

  it('gives scores whose sum is 0', () => {
    const model = pairwiseClassifier().fit(line, labels);
    const scores = [...model.scores([[1.3]]).dataSync()];
    expect(scores.reduce((sum, score) => sum + score, 0)).toBeCloseTo(0, 6);
  });

  it('needs two classes, and rows of each', () => {
    expect(() => pairwiseClassifier().fit(line, [0, 0, 0, 0, 0, 0])).toThrow(
      'expected at least two classes, got 1',
    );
    expect(() => pairwiseClassifier().fit(line, [0, 0, 2, 2, 2, 2])).toThrow(
      'expected rows of every class in 0 .. 2, got none of class 1; number the classes without gaps',
    );
  });
});
