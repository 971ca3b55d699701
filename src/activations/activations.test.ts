import { describe, expect, it } from 'vitest';
import { expectGolden, goldenTensor } from '../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../test/support/golden.ts';
import { tensor } from '../ops/create.ts';
import { mul } from '../ops/math/arithmetic.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { grad } from '../tensor/gradient.ts';
import type { Tensor } from '../tensor/tensor.ts';
import * as activations from './functions.ts';
import { logitsOf } from './logits.ts';
import { type ActivationName, resolveActivation } from './resolve.ts';
import { threshold } from './threshold.ts';

interface Case {
  readonly name: ActivationName;
  /** What it takes beside x. */
  readonly option?: unknown;
  readonly x: GoldenArray;
  readonly weights: GoldenArray;
  readonly y: GoldenArray;
  readonly slope: GoldenArray;
}

interface Threshold {
  readonly limit: number;
  readonly defaultValue: number;
  readonly x: GoldenArray;
  readonly y: GoldenArray;
}

const cases = readGolden<Case[]>('activations/activations.json');
const configurations = readGolden<Case[]>('activations/configurations.json');

describe.each([...cases, ...configurations])('$name $option', ({ name, option, x, weights, y, slope }) => {
  const plain: (x: Tensor, option: unknown) => Tensor = resolveActivation(name, 'test');
  const activation = (input: Tensor) => plain(input, option);

  it('is that of Keras', async () => {
    await expectGolden(activation(goldenTensor(x)), y);
  });

  it('has the slope of Keras', async () => {
    const weighted = (input: Tensor) => sum(mul(activation(input), goldenTensor(weights)));
    await expectGolden(grad(weighted)(goldenTensor(x)), slope);
  });
});

describe('activations', () => {
  it('are all compared with Keras', () => {
    expect(cases.map(({ name }) => name).sort()).toEqual(Object.keys(activations).sort());
  });

  it.each(readGolden<Threshold[]>('activations/threshold.json'))(
    'keep what is above $limit',
    async ({ limit, defaultValue, x, y }) => {
      await expectGolden(threshold(goldenTensor(x), limit, defaultValue), y);
    },
  );

  it('stay finite far from zero, slopes as well', async () => {
    const far = tensor([-1e4, -200, 200]);
    for (const name of [
      'elu',
      'selu',
      'softplus',
      'sigmoid',
      'silu',
      'mish',
      'softmax',
      'logSoftmax',
      'logSigmoid',
      'celu',
      'squareplus',
      'sparsemax',
    ] as const) {
      const activation = resolveActivation(name, 'test');
      expect((await activation(far).data()).every(Number.isFinite), name).toBe(true);
      const slope = grad((x: Tensor) => sum(activation(x)))(far);
      expect((await slope.data()).every(Number.isFinite), name).toBe(true);
    }
  });

  it('remember what probabilities were made of', () => {
    const logits = tensor([1, 2]);
    expect(logitsOf(activations.softmax(logits), 'softmax')).toBe(logits);
    expect(logitsOf(activations.sigmoid(logits), 'sigmoid')).toBe(logits);
    expect(logitsOf(activations.sigmoid(logits), 'softmax')).toBeUndefined();
    expect(logitsOf(logits, 'softmax')).toBeUndefined();
  });

  it('take any function', () => {
    const twice = (x: Tensor) => mul(x, 2);
    expect(resolveActivation(twice, 'dense')).toBe(twice);
  });

  it('ask back about an unknown name', () => {
    expect(() => resolveActivation('rellu' as ActivationName, 'dense')).toThrow(
      "dense: expected an activation, got 'rellu'; did you mean 'relu'?",
    );
    expect(() => resolveActivation('constructor' as ActivationName, 'dense')).toThrow(
      'expected an activation',
    );
  });
});
