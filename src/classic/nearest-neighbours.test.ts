import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/create.ts';
import { kNearestNeighbours } from './nearest-neighbours.ts';

const LINE = tensor([[0], [1], [2], [10], [11]]);
const LABELS = tensor(Int32Array.of(0, 0, 1, 2, 2));

describe('kNearestNeighbours', () => {
  it('asks the nearest rows, the nearest first', () => {
    const model = kNearestNeighbours({ k: 3 }).fit(LINE, LABELS);
    const { distances, indices } = model.neighbours([[0.25], [10.75]]);
    expect(indices.arraySync()).toEqual([
      [0, 1, 2],
      [4, 3, 2],
    ]);
    expect(distances.arraySync()).toEqual([
      [0.25, 0.75, 1.75],
      [0.25, 0.75, 8.75],
    ]);
    expect(model.predict([[0.25], [10.75]]).arraySync()).toEqual([0, 2]);
  });

  it('takes the first of equally near rows', () => {
    const model = kNearestNeighbours({ k: 2 }).fit([[1], [3], [1]], Int32Array.of(0, 1, 1));
    expect(model.neighbours([[2]]).indices.arraySync()).toEqual([[0, 1]]);
  });

  it('lets the nearest decide between equal votes', () => {
    const model = kNearestNeighbours({ k: 4 }).fit(LINE, Int32Array.of(1, 0, 0, 1, 2));
    expect(model.predict([[0]]).arraySync()).toEqual([1]);
    expect(model.vote(tensor(Int32Array.of(1, 0, 3, 2), [1, 4])).arraySync()).toEqual([0]);
  });

  it('knows the class of every row it was given, if one votes', () => {
    expect(kNearestNeighbours({ k: 1 }).fit(LINE, LABELS).predict(LINE).arraySync()).toEqual([0, 0, 1, 2, 2]);
  });

  it('takes bytes as they are', () => {
    const bytes = tensor(Uint8Array.of(0, 200, 255, 10), [2, 2]);
    const { distances } = kNearestNeighbours({ k: 1 })
      .fit(bytes, [0, 1])
      .neighbours(tensor(Uint8Array.of(0, 197), [1, 2]));
    expect(distances.arraySync()).toEqual([[3]]);
  });

  it('says what is wrong', () => {
    expect(() => kNearestNeighbours({ k: 0 })).toThrow(
      'kNearestNeighbours: expected k, a whole number >= 1, got 0',
    );
    expect(() => kNearestNeighbours({ k: 6 }).fit(LINE, LABELS)).toThrow(
      'kNearestNeighbours, fit: expected at least k = 6 rows, got 5; give more rows, or a smaller k',
    );
    expect(() => kNearestNeighbours().predict(LINE)).toThrow('expected an estimator that was fitted');
    const model = kNearestNeighbours({ k: 1 });
    expect(() => model.fit([[0], [Number.NaN]], [0, 1])).toThrow(
      'expected finite numbers, got NaN in row 1, column 0',
    );
    expect(() => model.fit([[0], [1]], [0])).toThrow('expected one label a row, [2], got [1]');
    expect(() => model.fit([[0], [1]], [0, 0.5])).toThrow(
      'expected labels that are whole numbers >= 0, got 0.5',
    );
    expect(() => model.fit(LINE, LABELS).predict([[1, 2]])).toThrow('expected [rows, 1], got [1, 2]');
  });
});
