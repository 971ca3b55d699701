import { expect } from 'vitest';
import type { AnyLayer } from '../../src/layers/layer.ts';
import { add, mul } from '../../src/ops/math/arithmetic.ts';
import { sum } from '../../src/ops/reduce/reduce.ts';
import { gradients } from '../../src/tensor/gradient.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { isFloat } from '../../src/util/dtypes.ts';
import { at } from '../../src/util/errors.ts';
import { expectGolden, goldenTensor } from './expect-golden.ts';
import type { GoldenArray } from './golden.ts';

/** A layer of Keras over sequences: weights, outputs with the last states, and slopes of their weighted sum. */
export interface RecurrentCase {
  readonly kind: string;
  readonly options: object;
  /** The cells of `rnn`: names of factories, and units. */
  readonly cells?: readonly (readonly [name: string, units: number])[];
  /** What `bidirectional` runs. */
  readonly layer?: { readonly kind: string; readonly options: object };
  readonly x: GoldenArray;
  readonly states: readonly GoldenArray[];
  readonly mask: GoldenArray | null;
  readonly names: readonly string[];
  readonly weights: readonly GoldenArray[];
  readonly outputs: readonly GoldenArray[];
  readonly cotangents: readonly GoldenArray[];
  readonly slopeOfX: GoldenArray | null;
  readonly slopesOfStates: readonly GoldenArray[];
  readonly slopesOfWeights: readonly GoldenArray[];
}

/** Fails unless the layer has the weights of Keras's, and computes the same forwards and backwards. */
export async function expectRecurrent(layer: AnyLayer, golden: RecurrentCase): Promise<void> {
  const [x, states] = [goldenTensor(golden.x), golden.states.map(goldenTensor)];
  const options = golden.mask ? { mask: goldenTensor(golden.mask) } : {};
  const inputs = states.length > 0 ? [x, ...states] : x;
  layer.build([null, ...x.shape.slice(1)]);
  const withinLayer = (name: string) => name.slice(name.indexOf('/') + 1).replace(/_\d+(?=\/)/g, '');
  expect(layer.weights.map(({ name }) => withinLayer(name))).toEqual(golden.names.map(withinLayer));
  expect(layer.weights.map(({ shape }) => shape)).toEqual(golden.weights.map(({ shape }) => shape));
  layer.setWeights(golden.weights.map(goldenTensor));
  const outputs = () => [layer.apply(inputs, options)].flat().filter((y) => y instanceof Tensor);
  const computed = outputs();
  expect(computed).toHaveLength(golden.outputs.length);
  for (const [i, y] of computed.entries()) await expectGolden(y, at(golden.outputs, i));
  const total = outputs()
    .map((y, i) => sum(mul(y, goldenTensor(at(golden.cotangents, i)))))
    .reduce(add);
  const wrt = isFloat(x.dtype) ? [x, ...states] : states;
  const slopes = gradients(total, [...wrt, ...layer.getWeights()]);
  const ofX = golden.slopeOfX ? [golden.slopeOfX] : [];
  const expected = [...ofX, ...golden.slopesOfStates, ...golden.slopesOfWeights];
  expect(slopes).toHaveLength(expected.length);
  for (const [i, slope] of slopes.entries()) await expectGolden(slope, at(expected, i));
}
