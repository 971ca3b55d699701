import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/create.ts';
import { maximum } from '../ops/math/arithmetic.ts';
import { expandDims, reshape, stack } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { kNearestNeighbours } from './nearest-neighbours.ts';
import { tangentDistances, tangentVectors } from './tangent-distance.ts';
import { tangentNeighbours } from './tangent-neighbours.ts';

const SIZE = 12;

/** A soft bar through a point of a square of 12, at an angle; its thickness in squared pixels. */
function bar(angle: number, shift = 0, thickness = 4): Tensor {
  const pixels = Array.from({ length: SIZE }, (_, y) =>
    Array.from({ length: SIZE }, (_, x) => {
      const [dx, dy] = [x - 5.5 - shift, y - 5.5];
      const across = dx * Math.cos(angle) + dy * Math.sin(angle);
      const along = dy * Math.cos(angle) - dx * Math.sin(angle);
      return Math.exp(-(across ** 2) / thickness - along ** 2 / 12);
    }),
  );
  return tensor(pixels);
}

const distance = (a: Tensor, b: Tensor, stiffness: number): number =>
  at(tangentDistances(expandDims(a, 0), expandDims(expandDims(b, 0), 0), stiffness).dataSync(), 0);

describe('tangentDistances', () => {
  it('sees little between an image and the same one moved or turned', () => {
    const moved = [bar(0, 1), bar(0.25)];
    for (const image of moved) {
      const euclidean = distance(bar(0), image, 1e6);
      expect(distance(bar(0), image, 1e-4)).toBeLessThan(0.1 * euclidean);
    }
  });

  it('is symmetric, 0 for the same image, and grows with the stiffness to the Euclidean distance', () => {
    const [a, b] = [bar(0), bar(1, 2)];
    expect(distance(a, b, 0.1)).toBeCloseTo(distance(b, a, 0.1), 4);
    expect(distance(a, a, 0.1)).toBe(0);
    const growing = [0.01, 0.1, 1, 1e6].map((stiffness) => distance(a, b, stiffness));
    expect(growing).toEqual(growing.toSorted((x, y) => x - y));
    const pixels = b.dataSync();
    const euclidean = [...a.dataSync()].reduce((sum, value, i) => sum + (value - at(pixels, i)) ** 2, 0);
    expect(growing.at(-1)).toBeCloseTo(euclidean, 3);
  });

  it('has tangents of length 1, and none of an empty image', () => {
    const vectors = tangentVectors(stack([bar(0.3), tensor(new Float32Array(144), [12, 12])]));
    const values = vectors.dataSync();
    const lengths = Array.from({ length: 14 }, (_, i) =>
      Math.hypot(...values.subarray(i * SIZE * SIZE, (i + 1) * SIZE * SIZE)),
    );
    lengths.forEach((length, i) => {
      expect(length).toBeCloseTo(i < 7 ? 1 : 0, 5);
    });
  });
});

describe('tangentNeighbours', () => {
  const known = stack([bar(0), bar(Math.PI / 2), bar(0, 3)]);

  it('knows a bar again where pixels are nearer to another', () => {
    const twoBars = maximum(bar(0, -2.2, 1.5), bar(0, 2.2, 1.5));
    const others = stack([bar(0), twoBars]);
    const image = expandDims(bar(0, 2.5), 0);
    const rows = kNearestNeighbours({ k: 1 }).fit(reshape(others, [2, -1]), [0, 1]);
    expect(rows.predict(reshape(image, [1, -1])).arraySync()).toEqual([1]);
    expect(tangentNeighbours({ stiffness: 1e-3 }).fit(others, [0, 1]).predict(image).arraySync()).toEqual([
      0,
    ]);
  });

  it('compares the candidates alone', () => {
    const model = tangentNeighbours({ candidates: 1 }).fit(known, [0, 1, 2]);
    expect(model.predict(known).arraySync()).toEqual([0, 1, 2]);
  });

  it('says what is wrong', () => {
    expect(() => tangentNeighbours({ k: 3, candidates: 2 })).toThrow(
      'expected at least k = 3 candidates, got 2',
    );
    expect(() => tangentNeighbours({ k: 4 }).fit(known, [0, 1, 2])).toThrow(
      'expected at least k = 4 images, got 3',
    );
    expect(() => tangentNeighbours().fit(bar(0), [0])).toThrow(
      'expected [images, height, width], got [12, 12]',
    );
    const other = tensor(new Float32Array(4), [1, 2, 2]);
    expect(() => tangentNeighbours().fit(known, [0, 1, 2]).predict(other)).toThrow(
      'expected [images, 12, 12], got [images, 2, 2]',
    );
  });
});
