import { describe, expect, it } from 'vitest';
import { decodeGolden, type GoldenArray, readGolden } from '../../test/support/golden.ts';
import { tensor } from '../ops/create.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { kernelMachine } from './kernel-machine.ts';
import type { KernelOptions } from './kernels.ts';
import { kNearestNeighbours } from './nearest-neighbours.ts';
import { pairwiseClassifier } from './pairwise-classifier.ts';
import { polynomialFeatures } from './polynomial-features.ts';
import { ridgeClassifier } from './ridge-classifier.ts';
import { tangentDistances } from './tangent-distance.ts';

interface Scores {
  readonly penalty: number;
  readonly scores: GoldenArray;
}

interface Golden {
  readonly x: GoldenArray;
  readonly labels: GoldenArray;
  readonly queries: GoldenArray;
  readonly neighbours: { readonly distances: GoldenArray; readonly indices: GoldenArray };
  readonly ridge: { readonly penalty: number; readonly weights: GoldenArray; readonly bias: GoldenArray };
  readonly pairwise: Scores;
  readonly polynomial: { readonly degree: number; readonly features: GoldenArray };
  readonly gaussian: Scores;
  readonly cubic: Scores;
  readonly tangent: {
    readonly images: GoldenArray;
    readonly others: GoldenArray;
    readonly stiffness: number;
    readonly distances: GoldenArray;
  };
}

const golden = readGolden<Golden>('classic/classifiers.json');

const valuesOf = (array: GoldenArray): Tensor =>
  tensor(decodeGolden(array).data, array.shape, array.dtype === 'int32' ? 'int32' : 'float32');

function expectNear(found: Tensor, array: GoldenArray, digits = 4): void {
  expect(found.shape).toEqual(array.shape);
  const { data } = decodeGolden(array);
  found.dataSync().forEach((value, i) => {
    expect(value).toBeCloseTo(at(data, i), digits);
  });
}

describe('as NumPy and SciPy compute it', () => {
  const [x, labels, queries] = [valuesOf(golden.x), valuesOf(golden.labels), valuesOf(golden.queries)];

  it('finds the nearest neighbours', () => {
    const { distances, indices } = golden.neighbours;
    const found = kNearestNeighbours({ k: 4 }).fit(x, labels).neighbours(queries);
    expectNear(found.distances, distances, 5);
    expectNear(found.indices, indices);
  });

  it('finds the ridge weights of a classifier', () => {
    const { penalty, weights, bias } = golden.ridge;
    const found = ridgeClassifier({ penalty }).fit(x, labels);
    expectNear(found.weights, weights, 5);
    expectNear(found.bias, bias, 5);
  });

  it('adds up the outputs of pairs', () => {
    const { penalty, scores } = golden.pairwise;
    expectNear(pairwiseClassifier({ penalty }).fit(x, labels).scores(queries), scores);
  });

  it('multiplies features', () => {
    const { degree, features } = golden.polynomial;
    expectNear(polynomialFeatures(queries, { degree }), features);
  });

  it.each([
    [golden.gaussian, { name: 'gaussian', gamma: 0.3 }],
    [golden.cubic, { name: 'polynomial', degree: 3, gamma: 0.2 }],
  ] as const satisfies readonly (readonly [Scores, KernelOptions])[])(
    'minimises squared hinges, kernel %#',
    async ({ penalty, scores }, kernel) => {
      const machine = await kernelMachine({ kernel, penalty, tolerance: 2e-4 }).fit(x, labels);
      expect(machine.converged).toBe(true);
      expectNear(machine.scores(queries), scores, 2);
    },
  );

  it('measures distances between planes of tangents', () => {
    const { images, others, stiffness, distances } = golden.tangent;
    expectNear(tangentDistances(valuesOf(images), valuesOf(others), stiffness), distances);
  });
});
