/**
 * A training that may be killed at any time: `killed-training.js MODEL CHECKPOINT`. Goes on from the checkpoint if there
 * is one, saves after every second step, and writes lines: `training` when it begins, at the end the SHA-256 of all
 * weights.
 */
import { createHash } from 'node:crypto';
import process from 'node:process';
import { callbacks, layers, optimizers, sequential, setBackend } from 'antler';

const [name = '', path = ''] = process.argv.slice(2);
const EXAMPLES = 60;

/** Examples that look random, the same in every process. */
function examples(/** @type {number[]} */ ...shape) {
  const size = shape.reduce((product, extent) => product * extent, EXAMPLES);
  const data = Float32Array.from(
    { length: size },
    (_, i) => ((i * 7919 + (i >> 5) * 104_729) % 256) / 128 - 1,
  );
  return { data, shape: [EXAMPLES, ...shape] };
}

const MODELS = {
  mlp: () => ({
    x: examples(6),
    body: [
      layers.input({ shape: [6] }),
      layers.dense({ units: 12, activation: 'relu' }),
      layers.dropout({ rate: 0.2 }),
    ],
    optimizer: optimizers.adam({ learningRate: 0.01 }),
  }),
  cnn: () => ({
    x: examples(8, 8, 1),
    body: [
      layers.input({ shape: [8, 8, 1] }),
      layers.randomFlip(),
      layers.randomTranslation({ heightFactor: 0.1, widthFactor: 0.1 }),
      layers.gaussianNoise({ stddev: 0.1 }),
      layers.conv2d({ filters: 4, kernelSize: 3 }),
      layers.batchNormalization(),
      layers.activation({ activation: 'relu' }),
      layers.dropout({ rate: 0.3 }),
      layers.flatten(),
    ],
    optimizer: optimizers.sgd({ learningRate: 0.01, momentum: 0.9 }),
  }),
  lstm: () => ({
    x: examples(5, 3),
    body: [layers.input({ shape: [5, 3] }), layers.lstm({ units: 8, recurrentDropout: 0.1 })],
    optimizer: optimizers.adam({ learningRate: 0.01, clipnorm: 1 }),
  }),
};

setBackend('wasm', { threads: 1 });
const { x, body, optimizer } = MODELS[/** @type {keyof typeof MODELS} */ (name)]();
const model = sequential({ seed: 7, layers: [...body, layers.dense({ units: 3, activation: 'softmax' })] });
model.compile({ optimizer, loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
await model.fit(
  x,
  { data: Int32Array.from({ length: EXAMPLES }, (_, i) => i % 3), shape: [EXAMPLES] },
  {
    epochs: 6,
    batchSize: 8,
    validationSplit: 0.2,
    verbose: 0,
    callbacks: [
      callbacks.backupAndRestore({ path, saveFreq: 2 }),
      callbacks.earlyStopping({ patience: 100, restoreBestWeights: true }),
      callbacks.lambda({ onTrainBegin: () => void process.stdout.write('training\n') }),
    ],
  },
);
const hash = createHash('sha256');
for (const weight of model.getWeights()) hash.update(await weight.data());
process.stdout.write(`${hash.digest('hex')}\n`);
