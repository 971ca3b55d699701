import { describe, expect, it } from 'vitest';
import { sampleLayer } from '../../test/support/sample-layer.ts';
import * as activations from '../activations/functions.ts';
import { registerActivation } from '../activations/resolve.ts';
import * as initializers from '../initializers/index.ts';
import { defineInitializer } from '../initializers/initializer.ts';
import { symbolicInput as input } from '../layers/core/input.ts';
import { defineLayer } from '../layers/define-layer.ts';
import * as layers from '../layers/index.ts';
import { layerToConfig } from '../layers/layer-config.ts';
import { factoryName } from '../layers/names.ts';
import { full, tensor } from '../ops/create.ts';
import { minimum, mul } from '../ops/math/arithmetic.ts';
import { sum } from '../ops/reduce/reduce.ts';
import * as regularizers from '../regularizers/index.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { layerFromConfig, modelFromConfig, registerLayer, registerPart } from './from-config.ts';
import { model } from './functional.ts';
import { sequential } from './sequential.ts';

describe.each(Object.entries(layers))('%s', (name, factory) => {
  it('is made again of its description', () => {
    const layer = sampleLayer(name, factory as (options: never) => unknown);
    const description = layerToConfig(layer);
    expect(factoryName(description.type)).toBe(name === 'input' ? 'inputLayer' : name);
    const text = JSON.stringify(description);
    expect(layerToConfig(layerFromConfig(JSON.parse(text)))).toEqual(JSON.parse(text));
  });
});

/** A model made of the description of another, with its weights. */
function again<M extends ReturnType<typeof modelFromConfig>>(original: M, shape: readonly number[]): M {
  const copy = modelFromConfig(JSON.parse(JSON.stringify(layerToConfig(original)))) as M;
  copy.computeOutputShape([null, ...shape]);
  expect(copy.weights.map(({ name }) => name)).toEqual(original.weights.map(({ name }) => name));
  copy.setWeights(original.getWeights());
  return copy;
}

describe('a model', () => {
  it('in sequence is made again, with initializers, regularizers and constraints', async () => {
    const net = sequential({
      name: 'net',
      layers: [
        layers.input({ shape: [3], name: 'features' }),
        layers.dense({
          units: 2,
          activation: activations.relu,
          kernelInitializer: initializers.randomNormal({ stddev: 2, seed: 1 }),
          kernelRegularizer: regularizers.l1l2({ l1: 0.1, l2: 0.2 }),
        }),
        layers.dropout({ rate: 0.5, seed: 7, trainable: false }),
      ],
    });
    const { config } = layerToConfig(net);
    expect(config).toMatchObject({
      name: 'net',
      layers: [
        { type: 'InputLayer', config: { name: 'features', batchShape: [null, 3], dtype: 'float32' } },
        {
          type: 'Dense',
          config: {
            name: 'dense',
            units: 2,
            activation: 'relu',
            kernelInitializer: { className: 'RandomNormal', config: { mean: 0, stddev: 2, seed: 1 } },
            kernelRegularizer: { className: 'L1L2', config: { l1: 0.1, l2: 0.2 } },
            biasInitializer: 'zeros',
          },
        },
        { type: 'Dropout', config: { rate: 0.5, seed: 7, trainable: false } },
      ],
    });
    const x = tensor([[1, -2, 3]]);
    const copy = again(net, [3]);
    expect(await (await copy.predict(x)).array()).toEqual(await (await net.predict(x)).array());
    expect(await copy.penalty()?.item()).toBe(await net.penalty()?.item());
  });

  it('of any graph is made again: shared layers, constants, modes, models inside', async () => {
    const inner = sequential({
      name: 'inner',
      layers: [layers.dense({ units: 2 }), layers.dropout({ rate: 0.9 })],
    });
    const [a, b] = [input({ shape: [3], name: 'a' }), input({ shape: [3], name: 'b' })];
    const [left, right] = [inner.apply(a, { training: false }), inner.apply(b)];
    const sum = layers.add().apply([left, right, tensor([[1, 2]])]);
    const net = model({
      inputs: { a, b },
      outputs: { sum, twice: layers.rescaling({ scale: 2 }).apply(sum) },
      name: 'net',
    });
    const copy = modelFromConfig(JSON.parse(JSON.stringify(layerToConfig(net))));
    copy.setWeights(net.getWeights());
    const x = { a: [[1, 2, 3]], b: [[3, 2, 1]] };
    const expected = await net.predict(x);
    const got = (await copy.predict(x)) as typeof expected;
    for (const key of ['sum', 'twice'] as const)
      expect(await got[key].array()).toEqual(await expected[key].array());
    expect(layerToConfig(copy)).toEqual(layerToConfig(net));
  });

  it('with layers of the user is made again, once they are registered', async () => {
    const scale = defineLayer({
      type: 'TestScale',
      defaults: { factor: 3 },
      call: ({ config }: { readonly config: { readonly factor: number } }, x) => mul(x, config.factor),
    });
    const net = sequential([layers.input({ shape: [1] }), scale({ factor: 5 })]);
    const description = layerToConfig(net);
    expect(() => modelFromConfig(description)).toThrow(
      "layerFromConfig: expected a layer of Antler or one given to registerLayer, got 'TestScale'",
    );
    registerLayer('TestScale', scale);
    expect(await (await again(net, [1]).predict([[2]])).array()).toEqual([[10]]);
  });

  it('with activations, initializers, regularizers and constraints of the user is made again', async () => {
    const halves = defineInitializer({
      className: 'TestHalves',
      defaults: { factor: 1 },
      sample: ({ factor }, shape) => full(shape, factor / 2),
    });
    const cubes = (config: { readonly factor?: number }) => ({
      className: 'TestCubes',
      config: { factor: config.factor ?? 1 },
      penalty: (weight: Tensor) => mul(sum(mul(weight, mul(weight, weight))), config.factor ?? 1),
    });
    const atMostOne = () => ({
      className: 'TestAtMostOne',
      config: {},
      apply: (weight: Tensor) => minimum(weight, 1),
    });
    const triple = (x: Tensor) => mul(x, 3);
    const net = sequential([
      layers.dense({
        units: 1,
        inputShape: [1],
        activation: triple,
        kernelInitializer: halves({ factor: 4 }),
        kernelRegularizer: cubes({ factor: 2 }),
        kernelConstraint: atMostOne(),
      }),
    ]);
    expect(() => layerToConfig(net)).toThrow('give it one with registerActivation');
    registerActivation('triple', triple);
    expect(() => modelFromConfig(layerToConfig(net))).toThrow(
      "or one given to registerPart, got 'TestHalves'",
    );
    registerPart('TestHalves', halves);
    registerPart('TestCubes', cubes);
    registerPart('TestAtMostOne', atMostOne);
    const description = JSON.parse(JSON.stringify(layerToConfig(net)));
    const copy = modelFromConfig(description);
    expect(layerToConfig(copy)).toEqual(description);
    expect(await ((await copy.predict([[1]])) as Tensor).array()).toEqual([[6]]);
    expect(await copy.penalty()?.item()).toBe(16);
    expect(await copy.weights[0]?.constraint?.(tensor([[2]])).array()).toEqual([[1]]);
    expect(() => registerActivation('relu', triple)).toThrow(
      "registerActivation: expected a name that no built-in activation has, got 'relu'",
    );
  });

  it('knows the other names that Keras has for activations', async () => {
    const x = [[-1, 2]];
    for (const [alias, name] of [
      ['swish', 'silu'],
      ['hardSwish', 'hardSilu'],
    ] as const) {
      const [a, b] = [layers.activation(alias).apply(x), layers.activation(name).apply(x)];
      expect(await a.array()).toEqual(await b.array());
    }
  });

  it('is not made of other data', () => {
    expect(() => modelFromConfig(layerToConfig(layers.flatten()))).toThrow(
      'expected a model, got flatten (flatten)',
    );
    expect(() => layerFromConfig(null as never)).toThrow(
      'layerFromConfig: expected { type, config }, got null',
    );
    expect(() => layerFromConfig({ type: 'Dens', config: {} })).toThrow("did you mean 'dense'?");
    expect(() => layerFromConfig({ type: 'Dense', config: { units: 1, unit: 2 } })).toThrow(
      "did you mean 'units'?",
    );
    expect(() => layerFromConfig({ type: '__proto__', config: {} })).toThrow('expected a layer of Antler');
    const graph = (calls: object[]) => ({
      name: 'g',
      layers: [
        { type: 'InputLayer', config: { name: 'x', batchShape: [null, 1], dtype: 'float32' }, calls: [] },
        { type: 'Flatten', config: { name: 'f' }, calls },
      ],
      inputs: ['x', 0, 0],
      outputs: ['f', 0, 0],
    });
    const cyclic = graph([{ inputs: ['f', 0, 0], options: {} }]);
    expect(() => layerFromConfig({ type: 'Functional', config: cyclic })).toThrow(
      'g: expected layers that form a graph without cycles, got inputs of f that nothing makes',
    );
    expect(() => layerFromConfig({ type: 'Functional', config: graph([]) })).toThrow(
      'values of its layers, got [f, 0, 0]',
    );
    expect(() => layerFromConfig({ type: 'Functional', config: {} })).toThrow('expected a list of layers');
    expect(() => layerToConfig(layers.activation((x) => mul(x, 2)))).toThrow(
      'expected an activation that has a name, to write it down, got a function of your own',
    );
  });
});
