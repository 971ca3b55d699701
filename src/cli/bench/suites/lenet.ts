import type { Sequential } from '../../../models/sequential.ts';
import { adam } from '../../../optimizers/index.ts';
import { fromHost } from '../../../tensor/tensor.ts';
import { buildLenet5 } from '../../../zoo/1998-lenet5/model.ts';
import type { Parameters } from '../protocol.ts';
import { perSecond, type Suite } from '../suite.ts';
import { labels, timedSteps } from '../timed.ts';
import { bareStep } from '../training.ts';

const BATCH = 128;
const IMAGE = 28 * 28;

/** Steps of a call of `fit`: enough that what it does once does not count, as in a real epoch. */
const FIT_STEPS = 200;

/** LeNet-5 with tanh, max-pooling and softmax; cross-entropy, Adam 1e-3. */
export const lenet: Suite = {
  name: 'lenet',
  summary: 'LeNet-5 on batches of 128: a training step, fit, and inference',
  measurements: [
    {
      name: 'lenet train',
      case: 'lenet-train',
      parameters: { batch: BATCH },
      threads: [1, 2],
      unit: perSecond('images', BATCH),
      peers: [
        { program: 'pytorch', bar: 3 },
        { program: 'jax-js', bar: 200 },
        { program: 'tfjs-cpu', bar: 1 },
      ],
    },
    {
      name: 'lenet fit',
      case: 'lenet-fit',
      parameters: { batch: BATCH, steps: FIT_STEPS },
      threads: [2],
      unit: perSecond('images', BATCH * FIT_STEPS),
      peers: [{ program: 'antler', case: 'lenet-train', title: 'its bare step', bar: 0.97 }],
    },
    {
      name: 'lenet infer',
      case: 'lenet-infer',
      parameters: { batch: BATCH },
      threads: [2],
      unit: perSecond('images', BATCH),
      peers: [{ program: 'pytorch', bar: 1 }, { program: 'jax-js' }, { program: 'tfjs-wasm', bar: 1 }],
    },
  ],
  cases: {
    'lenet-train': async ({ batch = BATCH, steps = 1 }) => {
      const model = compiledLenet5();
      const [x, y] = [images(batch), fromHost(labels(batch, 10), [batch], 'int32')];
      const round = timedSteps(bareStep(model, x, y));
      return (iterations) => round(iterations * steps);
    },
    'lenet-fit': async ({ batch = BATCH, steps = FIT_STEPS }) => {
      const model = compiledLenet5();
      const count = steps * batch;
      const [x, y] = [{ data: pixels(count), shape: [count, 28, 28, 1] }, labels(count, 10)];
      return async (iterations) => {
        const started = performance.now();
        for (let i = 0; i < iterations; i++) await model.fit(x, y, { batchSize: batch, verbose: 0 });
        return (performance.now() - started) / 1000;
      };
    },
    'lenet-infer': async (parameters) => openInference(parameters),
  },
};

/** Class probabilities of a batch, read after each. */
function openInference({ batch = BATCH }: Parameters) {
  const model = buildLenet5({ seed: 1 });
  const x = images(batch);
  return async (iterations: number) => {
    const started = performance.now();
    for (let i = 0; i < iterations; i++) {
      const result = model.predictProgram(x);
      result.dataSync();
      result.dispose();
    }
    return (performance.now() - started) / 1000;
  };
}

function compiledLenet5(): Sequential {
  const model = buildLenet5({ seed: 1 });
  model.compile({ optimizer: adam({ learningRate: 1e-3 }), loss: 'sparseCategoricalCrossentropy' });
  return model;
}

function images(count: number) {
  return fromHost(pixels(count), [count, 28, 28, 1], 'uint8');
}

function pixels(count: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: count * IMAGE }, (_, i) => (i * 7919) % 256);
}
