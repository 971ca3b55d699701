/** TensorFlow.js as a peer: `tfjs.mjs cpu|wasm THREADS`. */

import { fileURLToPath } from 'node:url';
import { filler, load, serve, threads, timed, versionOf } from './lines.mjs';

const backend = process.argv[2] ?? 'wasm';
const tf = await load('@tensorflow/tfjs');
if (backend === 'wasm') {
  const wasm = await load('@tensorflow/tfjs-backend-wasm');
  wasm.setThreadsCount(threads);
  wasm.setWasmPaths(
    fileURLToPath(new URL('node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url)),
  );
}
await tf.setBackend(backend);
await tf.ready();

const { conv2d, dense, flatten, maxPooling2d } = tf.layers;

/** Repeats an operation; the last result is read within the time. */
function operation(compute) {
  let result;
  const step = () => {
    result?.dispose();
    result = compute();
  };
  return timed(step, () => result.data());
}

function tensor(shape) {
  return tf.tensor(filler(shape.reduce((a, b) => a * b)), shape);
}

function classes(batch, count) {
  return tf.oneHot(
    tf.tensor1d(
      Int32Array.from({ length: batch }, (_, i) => i % count),
      'int32',
    ),
    count,
  );
}

function lenet5() {
  return tf.sequential({
    layers: [
      conv2d({ inputShape: [28, 28, 1], filters: 6, kernelSize: 5, padding: 'same', activation: 'tanh' }),
      maxPooling2d({ poolSize: 2 }),
      conv2d({ filters: 16, kernelSize: 5, activation: 'tanh' }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dense({ units: 120, activation: 'tanh' }),
      dense({ units: 84, activation: 'tanh' }),
      dense({ units: 10, activation: 'softmax' }),
    ],
  });
}

function perceptron(inputs, hidden, outputs) {
  return tf.sequential({
    layers: [
      dense({ inputShape: [inputs], units: hidden, activation: 'tanh' }),
      dense({ units: outputs, activation: 'softmax' }),
    ],
  });
}

function training(model, optimizer, x, y) {
  model.compile({ optimizer, loss: 'categoricalCrossentropy' });
  return timed(() => model.trainOnBatch(x, y));
}

const everywhere = {
  matmul: async ({ size }) => {
    const [a, b] = [tensor([size, size]), tensor([size, size])];
    return operation(() => tf.matMul(a, b));
  },
  'conv-forward': async ({ batch, size, channels, filters, window, pad }) => {
    const [x, kernel] = [tensor([batch, size, size, channels]), tensor([window, window, channels, filters])];
    return operation(() => tf.conv2d(x, kernel, 1, pad));
  },
  'lenet-infer': async ({ batch }) => {
    const [model, x] = [lenet5(), tensor([batch, 28, 28, 1])];
    return timed(async () => {
      const y = model.predictOnBatch(x);
      await y.data();
      y.dispose();
    });
  },
  'mlp-train': async ({ batch }) =>
    training(perceptron(784, 300, 10), tf.train.sgd(0.1), tensor([batch, 784]), classes(batch, 10)),
  'xor-step': async () =>
    training(
      perceptron(2, 2, 2),
      tf.train.sgd(0.1),
      tf.tensor2d([0, 0, 0, 1, 1, 0, 1, 1], [4, 2]),
      classes(4, 2),
    ),
};

// The wasm backend has no gradient of a convolution.
const onlyCpu = {
  'lenet-train': async ({ batch }) =>
    training(lenet5(), tf.train.adam(1e-3), tensor([batch, 28, 28, 1]), classes(batch, 10)),
};

const versions = { 'tensorflow.js': versionOf('@tensorflow/tfjs') };
await serve(versions, backend === 'cpu' ? { ...everywhere, ...onlyCpu } : everywhere);
