import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadModel, type Tensor, tensor } from 'antler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARCHITECTURES } from './architectures.ts';
import { exchangeFolder, expectSame, listOf, type Report, readReport, runTfjs } from './peer.ts';
import { shake } from './shake.ts';

const NAMES = Object.keys(ARCHITECTURES).filter((name) => ARCHITECTURES[name]?.().isInTfjs);

interface Plain {
  readonly shape: number[];
  readonly data: number[];
}

/** Tensors of a file of JSON. */
async function readTensors(path: string): Promise<Tensor[]> {
  const list = JSON.parse(await readFile(path, 'utf8')) as Plain[];
  return list.map(({ shape, data }) => tensor(Float32Array.from(data)).reshape(shape));
}

async function writeTensors(path: string, tensors: readonly Tensor[]): Promise<void> {
  const list = await Promise.all(tensors.map(async (x) => ({ shape: x.shape, data: [...(await x.data())] })));
  await writeFile(path, JSON.stringify(list));
}

describe('models saved here open in TensorFlow.js', () => {
  let folder: string;
  let report: Report;

  beforeAll(async () => {
    folder = await exchangeFolder();
    for (const name of NAMES) await saveModel(name, join(folder, name));
    await runTfjs('check', folder);
    report = await readReport(folder);
  });

  afterAll(() => rm(folder, { recursive: true }));

  it.each(NAMES)('%s', async (name) => {
    expect(report[name]?.error).toBeNull();
    const path = join(folder, name);
    await expectSame(await readTensors(join(path, 'tfjs')), await readTensors(join(path, 'out')));
  });

  it.each(NAMES)('%s, and here again', async (name) => {
    const path = join(folder, name);
    const model = await loadModel(join(path, 'model.json'));
    const inputs = await readTensors(join(path, 'in'));
    const outputs = await model.predict((inputs.length === 1 ? inputs[0] : inputs) as never);
    await expectSame(listOf(outputs), await readTensors(join(path, 'out')));
  });
});

async function saveModel(name: string, path: string): Promise<void> {
  const { model, inputs } = (ARCHITECTURES[name] as (typeof ARCHITECTURES)[string])();
  shake(model);
  await mkdir(path);
  await model.save(join(path, 'model.json'));
  await writeTensors(join(path, 'in'), inputs);
  const outputs = await model.predict((inputs.length === 1 ? inputs[0] : inputs) as never);
  await writeTensors(join(path, 'out'), listOf(outputs));
}

describe('models saved by TensorFlow.js open here', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await exchangeFolder();
    await runTfjs('make', folder);
  });

  afterAll(() => rm(folder, { recursive: true }));

  it.each(['mlp', 'cnn', 'graph'])('%s', async (name) => {
    const path = join(folder, name);
    const model = await loadModel(`${path}.json`);
    const inputs = await readTensors(`${path}.in`);
    const outputs = await model.predict((inputs.length === 1 ? inputs[0] : inputs) as never);
    await expectSame(listOf(outputs), await readTensors(`${path}.out`));
  });
});
