import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadModel, saveNpz, type Tensor } from 'antler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layerFromKeras } from '../../src/io/keras/layer-from-keras.ts';
import { layerToKeras } from '../../src/io/keras/layer-to-keras.ts';
import * as layers from '../../src/layers/index.ts';
import { layerFromConfig } from '../../src/models/from-config.ts';
import { sampleLayer } from '../support/sample-layer.ts';
import { ARCHITECTURES } from './architectures.ts';
import { exchangeFolder, expectSame, listed, listOf, type Report, readReport, runKeras } from './peer.ts';
import { shake } from './shake.ts';

const NAMES = Object.keys(ARCHITECTURES);
/** Keras lacks the first; for the others it needs TensorFlow beside JAX. */
const UNCHECKED = [
  'LocalResponseNormalization',
  'HashedCrossing',
  'Hashing',
  'IntegerLookup',
  'StringLookup',
  'TextVectorization',
];
/** Those that Keras makes too. */
const BOTH = NAMES.filter((name) => name !== 'bilstm');
const KINDS = ['keras', 'h5', 'weights.h5', 'legacy.h5', 'safetensors'];

describe('models saved here open in Keras', () => {
  let folder: string;
  let report: Report;
  let keras: Readonly<Record<string, unknown>>;

  beforeAll(async () => {
    folder = await exchangeFolder();
    for (const name of NAMES) await saveAll(name, join(folder, name));
    await writeFile(join(folder, 'layers.json'), JSON.stringify(sampleConfigs()));
    await runKeras('check', folder);
    report = await readReport(folder);
    keras = JSON.parse(await readFile(join(folder, 'layers.out.json'), 'utf8'));
  });

  afterAll(() => rm(folder, { recursive: true }));

  it.each(NAMES.flatMap((name) => KINDS.map((kind) => [name, kind] as const)))(
    '%s.%s',
    async (name, kind) => {
      expect(report[`${name}.${kind}`]?.error).toBeNull();
      const path = join(folder, name);
      await expectSame(await listed(`${path}.${kind}.out.npz`), await listed(`${path}.out.npz`));
    },
  );

  it.each(Object.keys(sampleConfigs()).filter((type) => !UNCHECKED.includes(type)))('layer %s', (type) => {
    expect(keras[type]).toMatchObject({ class_name: type });
    expect(layerFromConfig(layerFromKeras(keras[type], 'Keras')).type).toBe(type);
  });

  it('go on training with the state of the optimizer', () => {
    expect(report['mlp.keras']?.optimizer).toBe(2 + 2 * 7);
  });
});

/** One layer of each kind, as Keras writes it. */
function sampleConfigs(): Record<string, object> {
  const samples = Object.entries(layers).map(([name, factory]) => sampleLayer(name, factory as never));
  return Object.fromEntries(samples.map((layer) => [layer.type, layerToKeras(layer)]));
}

/** Trains a model for a step, saves it in all ways, and what it predicts. */
async function saveAll(name: string, path: string): Promise<void> {
  const { model, inputs } = (ARCHITECTURES[name] as (typeof ARCHITECTURES)[string])();
  shake(model);
  const x = inputs.length === 1 ? inputs[0] : inputs;
  model.compile({
    optimizer: 'adam',
    loss: inputs.length === 1 ? 'meanSquaredError' : ['meanSquaredError', 'meanSquaredError'],
  });
  await model.fit(x as never, (await model.predict(x as never)) as never, { epochs: 1, verbose: 0 });
  for (const ending of ['keras', 'h5']) await model.save(`${path}.${ending}`);
  for (const ending of ['weights.h5', 'legacy.h5', 'safetensors'])
    await model.saveWeights(`${path}.${ending}`);
  await writeFile(`${path}.weights.json`, JSON.stringify(model.weights.map((weight) => weight.name)));
  const numbered = (list: readonly Tensor[]) => Object.fromEntries(list.map((one, i) => [String(i), one]));
  await saveNpz(`${path}.in.npz`, numbered(inputs));
  await saveNpz(`${path}.out.npz`, numbered(listOf(await model.predict(x as never))));
}

describe('models saved by Keras open here', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await exchangeFolder();
    await runKeras('make', folder);
  });

  afterAll(() => rm(folder, { recursive: true }));

  it.each(BOTH.flatMap((name) => ['keras', 'h5'].map((kind) => [name, kind] as const)))(
    '%s.%s',
    async (name, kind) => {
      const path = join(folder, name);
      const model = await loadModel(`${path}.${kind}`);
      expect(model.isCompiled).toBe(true);
      expect(await model.optimizer.iterations.read().item()).toBe(1);
      const inputs = await listed(`${path}.in.npz`);
      const outputs = await model.predict((inputs.length === 1 ? inputs[0] : inputs) as never);
      await expectSame(listOf(outputs), await listed(`${path}.out.npz`));
    },
  );

  it.each(BOTH)('%s, weights only', async (name) => {
    const path = join(folder, name);
    const model = await loadModel(`${path}.keras`);
    const inputs = await listed(`${path}.in.npz`);
    const expected = await listed(`${path}.out.npz`);
    const values = model.getWeights();
    for (const source of [`${path}.weights.h5`, await readFile(`${path}.weights.h5`), `${path}.h5`]) {
      model.setWeights(values.map((value) => value.mul(0)));
      await model.loadWeights(source);
      await expectSame(
        listOf(await model.predict((inputs.length === 1 ? inputs[0] : inputs) as never)),
        expected,
      );
    }
  });
});
