import { describe, expect, it } from 'vitest';
import * as layers from '../layers/index.ts';
import { at } from '../util/errors.ts';
import { sequential } from './sequential.ts';

const names = (model: ReturnType<typeof sequential>) => model.layers.map(({ name }) => name);

function lenet() {
  return sequential({
    name: 'lenet5',
    layers: [
      layers.input({ shape: [28, 28, 1] }),
      layers.conv2d({ filters: 6, kernelSize: 5, padding: 'same', activation: 'tanh' }),
      layers.maxPooling2d(),
      layers.conv2d({ filters: 16, kernelSize: 5, activation: 'tanh' }),
      layers.maxPooling2d(),
      layers.flatten(),
      layers.dense({ units: 120, activation: 'tanh' }),
      layers.dense({ units: 84, activation: 'tanh' }),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
}

describe('sequential', () => {
  it('names its layers the same whatever other models there are', () => {
    const expected = [
      'conv2d',
      'max_pooling2d',
      'conv2d_1',
      'max_pooling2d_1',
      'flatten',
      'dense',
      'dense_1',
      'dense_2',
    ];
    expect(names(lenet())).toEqual(expected);
    expect(names(lenet())).toEqual(expected);
    expect(
      lenet()
        .weights.map(({ name }) => name)
        .slice(0, 3),
    ).toEqual(['conv2d/kernel', 'conv2d/bias', 'conv2d_1/kernel']);
  });

  it('builds when it knows its input: first layer, option, build, or data', async () => {
    const dense = () => layers.dense({ units: 2 });
    expect(sequential([layers.dense({ units: 2, inputShape: [3] })]).countParams()).toBe(8);
    expect(sequential({ layers: [dense()], inputShape: [3] }).countParams()).toBe(8);
    const later = sequential([dense()]);
    later.build([null, 3]);
    expect(later.countParams()).toBe(8);
    const byData = sequential();
    byData.add(dense());
    expect((await byData.predict([[1, 2, 3]])).shape).toEqual([1, 2]);
    expect(byData.outputShape).toEqual([null, 2]);
  });

  it('starts from weights that its seed decides, not its name', async () => {
    const first = async (seed: number, name: string) => {
      const model = sequential({ seed, name, layers: [layers.dense({ units: 3, inputShape: [2] })] });
      return at(model.getWeights(), 0).array();
    };
    expect(await first(1, 'a')).toEqual(await first(1, 'b'));
    expect(await first(1, 'a')).not.toEqual(await first(2, 'a'));
  });

  it('can hold a model', () => {
    const inner = sequential({
      name: 'encoder',
      layers: [layers.dense({ units: 3 }), layers.dense({ units: 2 })],
    });
    const model = sequential({
      name: 'whole',
      layers: [layers.input({ shape: [4] }), inner, layers.dense({ units: 1 })],
    });
    expect(model.weights.map(({ name }) => name)).toEqual([
      'encoder/dense/kernel',
      'encoder/dense/bias',
      'encoder/dense_1/kernel',
      'encoder/dense_1/bias',
      'dense/kernel',
      'dense/bias',
    ]);
    expect(model.outputShape).toEqual([null, 1]);
  });

  it('is described by its layers', () => {
    const config = sequential({ name: 'm', layers: [layers.flatten()] }).getConfig();
    expect(config).toEqual({
      name: 'm',
      trainable: true,
      dtype: 'float32',
      layers: [{ type: 'Flatten', config: { name: 'flatten', trainable: true, dtype: 'float32' } }],
    });
  });
});

describe('sequential refuses', () => {
  it('shapes that do not fit between layers, naming both', () => {
    const model = sequential({
      name: 'lenet5',
      layers: [
        layers.input({ shape: [28, 28, 1] }),
        layers.flatten({ name: 'vec' }),
        layers.conv2d({ name: 'c1', filters: 6, kernelSize: 5 }),
      ],
    });
    expect(() => model.countParams()).toThrow(
      'lenet5/c1 (conv2d), input: expected [batch, height, width, channels], ' +
        'got [batch, 784] from lenet5/vec (flatten); put layers.reshape({ targetShape })',
    );
  });

  it('a window larger than what is left of the image', () => {
    const model = sequential([
      layers.maxPooling2d({ poolSize: 14, inputShape: [28, 28, 1] }),
      layers.conv2d({ filters: 1, kernelSize: 3 }),
    ]);
    expect(() => model.summary({ print: null })).toThrow(
      'sequential/conv2d (conv2d), conv2d: expected a window no larger than the padded input [2, 2], ' +
        'got [batch, 2, 2, 1] from sequential/max_pooling2d (maxPooling2d)',
    );
  });

  it('inputs it was not built for', async () => {
    await expect(lenet().predict([[1, 2, 3]])).rejects.toThrow(
      'lenet5 (sequential), input: expected [batch, 28, 28, 1], got [batch, 3]',
    );
  });

  it('names twice, things that are no layers, and layers that come too late', () => {
    expect(() => sequential([layers.flatten({ name: 'a' }), layers.dense({ units: 1, name: 'a' })])).toThrow(
      "sequential (sequential).add: expected a name of its own for each layer, got 'a' twice",
    );
    expect(() => sequential([layers.dense as never])).toThrow(
      'sequential (sequential).add: expected a layer, made by layers.dense(...) and the like, got a function; ' +
        'call it: layers.dense({ units: 1 })',
    );
    const model = sequential([layers.dense({ units: 1, inputShape: [1] })]);
    model.countParams();
    expect(() => model.add(layers.flatten())).toThrow('expected a model not built yet, got a built one');
  });

  it('to be empty, or unknown', async () => {
    await expect(sequential().predict([1])).rejects.toThrow(
      'sequential (sequential): expected at least one layer, got none',
    );
    expect(() => sequential([layers.dense({ units: 1 })]).summary({ print: null })).toThrow(
      'sequential (sequential).summary: expected a model that is built, got one whose input shape is not known yet',
    );
    expect(() => sequential({ layer: [] } as object)).toThrow(
      "sequential: expected an option it knows, got 'layer'",
    );
  });
});

describe('summary', () => {
  it('lists shapes, parameters, multiply-adds and activation memory', () => {
    const printed: string[] = [];
    const text = lenet().summary({ print: (line) => printed.push(line) });
    expect(printed).toEqual([text]);
    expect(text.split('\n')).toEqual([
      'lenet5 (sequential), input [batch, 28, 28, 1]',
      'layer (kind)                    output shape         parameters  multiply-adds  activation',
      '------------------------------------------------------------------------------------------',
      'conv2d (conv2d)                 [batch, 28, 28, 6]          156        117,600    18.4 KiB',
      'max_pooling2d (maxPooling2d)    [batch, 14, 14, 6]            0              0     4.6 KiB',
      'conv2d_1 (conv2d)               [batch, 10, 10, 16]       2,416        240,000     6.3 KiB',
      'max_pooling2d_1 (maxPooling2d)  [batch, 5, 5, 16]             0              0     1.6 KiB',
      'flatten (flatten)               [batch, 400]                  0              0     1.6 KiB',
      'dense (dense)                   [batch, 120]             48,120         48,000       480 B',
      'dense_1 (dense)                 [batch, 84]              10,164         10,080       336 B',
      'dense_2 (dense)                 [batch, 10]                 850            840        40 B',
      '------------------------------------------------------------------------------------------',
      'total for one example                                    61,706        416,520    33.2 KiB',
      'parameters: 61,706 (241.0 KiB)',
      'trainable: 61,706 (241.0 KiB)',
      'not trainable: 0 (0 B)',
    ]);
  });
});
