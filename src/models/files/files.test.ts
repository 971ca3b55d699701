import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleLayer } from '../../../test/support/sample-layer.ts';
import { layerFromKeras } from '../../io/keras/layer-from-keras.ts';
import { layerToKeras } from '../../io/keras/layer-to-keras.ts';
import { parseJson } from '../../io/parse-json.ts';
import { writeZip } from '../../io/zip/write-zip.ts';
import { symbolicInput as input } from '../../layers/core/input.ts';
import * as layers from '../../layers/index.ts';
import { layerToConfig } from '../../layers/layer-config.ts';
import { tensor } from '../../ops/create.ts';
import { mul } from '../../ops/math/arithmetic.ts';
import * as optimizers from '../../optimizers/index.ts';
import { AntlerDataError } from '../../util/errors.ts';
import { layerFromConfig } from '../from-config.ts';
import { model } from '../functional.ts';
import { type Sequential, sequential } from '../sequential.ts';
import { loadModel } from './load-model.ts';
import { modelToBytes } from './save-model.ts';

const X = tensor([
  [0.5, -1, 2],
  [1, 0, -3],
]);

/** A small model after one step of training. */
async function trained(): Promise<Sequential> {
  const net = sequential({
    name: 'net',
    layers: [
      layers.input({ shape: [3] }),
      layers.dense({ units: 4, activation: 'leakyRelu', kernelRegularizer: 'l1' }),
      layers.batchNormalization(),
      layers.dense({ units: 2 }),
    ],
  });
  net.compile({
    optimizer: optimizers.adam({ learningRate: 0.25 }),
    loss: 'huber',
    metrics: ['meanAbsoluteError'],
  });
  await net.fit(
    X,
    [
      [0, 1],
      [1, 0],
    ],
    { verbose: 0 },
  );
  return net;
}

const valuesOf = (of: Sequential) => of.getWeights().map((value) => value.arraySync());

describe.each(Object.entries(layers))('%s', (name, factory) => {
  it('comes back from the words of Keras', () => {
    const layer = sampleLayer(name, factory as (options: never) => unknown);
    const written = JSON.stringify(layerToKeras(layer));
    const again = layerFromConfig(layerFromKeras(parseJson(written, 'config.json'), 'config.json'));
    expect(JSON.stringify(layerToKeras(again))).toBe(written);
    expect(again.type).toBe(layer.type);
  });
});

describe.each(['keras', 'h5', 'safetensors'] as const)('%s', (format) => {
  let folder: string;
  let net: Sequential;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'antler-files-'));
    net = await trained();
  });

  afterAll(() => rm(folder, { recursive: true }));

  it('keeps a model, how it was compiled, and the state of the optimizer', async () => {
    const path = join(folder, `net.${format}`);
    await net.save(path);
    const again = await loadModel(path);
    expect(JSON.stringify(layerToKeras(again))).toBe(JSON.stringify(layerToKeras(net)));
    expect(await (again as Sequential).predict(X).then((y) => y.array())).toEqual(
      await (await net.predict(X)).array(),
    );
    expect(again.optimizer.learningRate).toBe(0.25);
    const state = (of: Sequential) => of.optimizer.variables.map((variable) => variable.read().arraySync());
    expect(state(again as Sequential)).toEqual(state(net));
    const labels = [
      [0, 1],
      [1, 0],
    ];
    await again.fit(X, labels, { verbose: 0, shuffle: false });
    const bare = await loadModel(path, { compile: false });
    expect(bare.isCompiled).toBe(false);
  });

  it('is read from bytes and streams, and written the same each time', async () => {
    const bytes = await modelToBytes(net, format);
    expect(await modelToBytes(net, format)).toEqual(bytes);
    const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
    for (const source of [bytes, stream]) {
      expect((await loadModel(source)).countParams()).toBe(net.countParams());
    }
  });

  it('leaves the state of the optimizer out where it is not wanted', async () => {
    const again = await loadModel(await modelToBytes(net, format, { includeOptimizer: false }));
    expect(again.optimizer.variables).toHaveLength(2);
  });

  it('is refused in one message where it is damaged', async () => {
    const bytes = await modelToBytes(net, format);
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.nat(bytes.length - 1), async (length, place) => {
        const damaged = bytes.slice();
        damaged[place] = (damaged[place] ?? 0) ^ 255;
        for (const file of [bytes.slice(0, length), damaged]) {
          const result = await loadModel(file).catch((error: unknown) => error);
          if (result instanceof Error) expect(result).toBeInstanceOf(AntlerDataError);
          // HDF5 has no checksum for numbers
          else if (format !== 'h5') expect(valuesOf(result as Sequential)).toEqual(valuesOf(net));
        }
      }),
      { seed: 2, numRuns: 60 },
    );
  });
});

describe('weights alone', () => {
  it.each(['w.weights.h5', 'w.h5', 'w.safetensors', 'w.npz'])('are kept in %s', async (name) => {
    const folder = await mkdtemp(join(tmpdir(), 'antler-weights-'));
    try {
      const net = await trained();
      const expected = await (await net.predict(X)).array();
      await net.saveWeights(join(folder, name));
      const report = () => net.loadWeights(join(folder, name));
      net.setWeights(net.getWeights().map((value) => mul(value, 0)));
      expect((await report()).loaded).toHaveLength(8);
      expect(await (await net.predict(X)).array()).toEqual(expected);
      const other = sequential([
        layers.input({ shape: [3] }),
        layers.dense({ units: 4 }),
        layers.dense({ units: 5 }),
      ]);
      await expect(other.loadWeights(join(folder, name))).rejects.toThrow(AntlerDataError);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('say which are missing, surplus, or of another shape, and change none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'antler-weights-'));
    try {
      const path = join(folder, 'w.safetensors');
      await (await trained()).saveWeights(path);
      const net = sequential([
        layers.input({ shape: [3] }),
        layers.dense({ units: 4 }),
        layers.dense({ units: 2, name: 'head' }),
      ]);
      const before = net.getWeights().map((value) => value.arraySync());
      await expect(net.loadWeights(path)).rejects.toThrow(
        /expected all weights of the model, got none for head\/kernel \(head\/kernel\); head\/bias/,
      );
      expect(net.getWeights().map((value) => value.arraySync())).toEqual(before);
      const { loaded, missing, surplus } = await net.loadWeights(path, { strict: false });
      expect([loaded.length, missing.length, surplus.length]).toEqual([2, 2, 6]);
      const wide = sequential([layers.input({ shape: [3] }), layers.dense({ units: 7 })]);
      expect((await wide.loadWeights(path, { strict: false })).misshaped).toEqual([
        'dense/kernel',
        'dense/bias',
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('find their layers by name in HDF5', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'antler-weights-'));
    try {
      const net = await trained();
      const kernel = net.getLayer('dense_1').getWeights()[0]?.arraySync();
      for (const name of ['w.weights.h5', 'w.h5']) {
        await net.saveWeights(join(folder, name));
        const other = sequential([layers.input({ shape: [4] }), layers.dense({ units: 2, name: 'dense_1' })]);
        await other.loadWeights(join(folder, name), { byName: true, strict: false });
        expect(other.getWeights()[0]?.arraySync()).toEqual(kernel);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a model file of somebody else', () => {
  const dense = (config: object) => ({
    module: 'keras.layers',
    class_name: 'Dense',
    config,
    registered_name: null,
  });
  const archive = async (layer: unknown) =>
    writeZip([
      {
        name: 'config.json',
        bytes: new TextEncoder().encode(typeof layer === 'string' ? layer : JSON.stringify(layer)),
      },
      { name: 'model.weights.h5', bytes: await emptyWeights() },
    ]);
  const emptyWeights = async () => {
    const { encodeHdf5 } = await import('../../io/hdf5/encode.ts');
    const { emptyGroup } = await import('../../io/hdf5/tree.ts');
    return encodeHdf5(emptyGroup());
  };
  const sequence = (...inner: unknown[]) => ({
    class_name: 'Sequential',
    config: { name: 's', layers: inner },
  });

  it.each([
    [
      'Lambda layers',
      sequence({ class_name: 'Lambda', module: 'keras.layers', config: { name: 'f' } }),
      'got Lambda, which is Python code',
    ],
    [
      'functions',
      sequence(dense({ units: 1, activation: { class_name: '__lambda__', config: {} } })),
      'Python code',
    ],
    [
      'operations',
      sequence({ class_name: 'Sin', module: 'keras.src.ops.numpy', config: {} }),
      'the operation Sin',
    ],
    [
      'unknown layers',
      sequence({ class_name: 'Fancy', module: 'mine', config: {} }),
      'one given to registerLayer',
    ],
    ['unknown options', sequence(dense({ units: 1, unitz: 2 })), "did you mean 'units'?"],
    ['half precision', sequence(dense({ units: 1, dtype: 'mixed_float16' })), "got 'mixed_float16'"],
    ['the prototype', '{"class_name": "Sequential", "config": {"__proto__": {}}}', "the key '__proto__'"],
    ['a key twice', '{"class_name": "Sequential", "class_name": "Model"}', "'class_name' twice"],
    ['endless depth', '['.repeat(100_000), 'JSON of at most 300 levels'],
    ['no layers', { class_name: 'Functional', config: { name: 'x' } }, 'expected a list of layers'],
    ['a list', [], 'a layer with class_name and config'],
    [
      'no weights',
      sequence({ class_name: 'InputLayer', config: { batch_shape: [null, 2] } }, dense({ units: 1 })),
      'got none for',
    ],
    ['no input', sequence(dense({ units: 1 })), 'a model whose input shape is known'],
  ])('is refused for %s', async (_, layer, message) => {
    const result = await loadModel(await archive(layer)).catch((error: unknown) => error);
    expect(result).toBeInstanceOf(AntlerDataError);
    expect(String(result)).toContain(message);
  });

  it('is refused for another content or ending', async () => {
    await expect(loadModel(new Uint8Array(100))).rejects.toThrow(
      'expected a model in .keras, HDF5 or safetensors form',
    );
    await expect(loadModel('model.txt')).rejects.toThrow(
      'expected a path that ends in .keras, .h5, .safetensors',
    );
    await expect(loadModel('model.weights.h5')).rejects.toThrow('call saveWeights or loadWeights');
    const zip = await writeZip([{ name: 'a.txt', bytes: new Uint8Array(1) }]);
    await expect(loadModel(zip)).rejects.toThrow('expected a .keras file with config.json, got a.txt');
  });

  it('may be written by hand: `x + y` is the layer that adds', async () => {
    const x = input({ shape: [2], name: 'x' });
    const net = model({ inputs: x, outputs: layers.add().apply([x, x]), name: 'twice' });
    const again = await loadModel(await modelToBytes(net, 'keras'));
    expect(layerToConfig(again)).toEqual(layerToConfig(net));
  });
});
