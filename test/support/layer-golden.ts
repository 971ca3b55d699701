import { expect } from 'vitest';
import type { Layer } from '../../src/layers/layer.ts';
import { mul } from '../../src/ops/math/arithmetic.ts';
import { sum } from '../../src/ops/reduce/reduce.ts';
import { gradients } from '../../src/tensor/gradient.ts';
import { at } from '../../src/util/errors.ts';
import { expectGolden, goldenTensor } from './expect-golden.ts';
import type { GoldenArray } from './golden.ts';

/** A layer of Keras with its weights, output, and the slopes of a weighted sum of the output. */
export interface LayerCase {
  readonly kind: string;
  readonly options: object;
  readonly x: GoldenArray;
  readonly names: readonly string[];
  readonly weights: readonly GoldenArray[];
  readonly y: GoldenArray;
  readonly cotangent: GoldenArray;
  readonly slopeOfX: GoldenArray;
  readonly slopesOfWeights: readonly GoldenArray[];
}

/** Fails unless the layer that the factory of the case's kind makes has the weights and results of Keras's. */
export async function expectLayerOf(factories: object, golden: LayerCase): Promise<void> {
  await expectLayer(layerOf(factories, golden), golden);
}

/** The layer of the case's kind and options. */
export function layerOf(factories: object, { kind, options }: Pick<LayerCase, 'kind' | 'options'>): Layer {
  const make: unknown = Reflect.get(factories, kind);
  if (typeof make !== 'function') throw new Error(`a factory of ${kind} is missing`);
  return make(options) as Layer;
}

/** Fails unless the layer has the weights of Keras's, and computes the same forwards and backwards. */
export async function expectLayer(layer: Layer, golden: LayerCase): Promise<void> {
  const x = goldenTensor(golden.x);
  layer.build([null, ...x.shape.slice(1)]);
  expect(layer.weights.map(({ name }) => name)).toEqual(golden.names.map((name) => `${layer.name}/${name}`));
  expect(layer.weights.map(({ shape }) => shape)).toEqual(golden.weights.map(({ shape }) => shape));
  expect(layer.computeOutputShape([null, ...x.shape.slice(1)])).toEqual([null, ...golden.y.shape.slice(1)]);
  layer.setWeights(golden.weights.map(goldenTensor));
  const y = layer.apply(x);
  await expectGolden(y, golden.y);
  const total = sum(mul(layer.apply(x), goldenTensor(golden.cotangent)));
  const slopes = gradients(total, [x, ...layer.trainableWeights.map((weight) => weight.read())]);
  const expected = [golden.slopeOfX, ...golden.slopesOfWeights];
  for (const [i, slope] of slopes.entries()) await expectGolden(slope, at(expected, i));
}
