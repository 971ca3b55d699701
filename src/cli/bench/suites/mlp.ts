import * as layers from '../../../layers/index.ts';
import { sequential } from '../../../models/sequential.ts';
import { sgd } from '../../../optimizers/index.ts';
import { fromHost } from '../../../tensor/tensor.ts';
import { perSecond, type Suite } from '../suite.ts';
import { filled, labels, timedSteps } from '../timed.ts';
import { bareStep } from '../training.ts';

const BATCH = 128;

/** Two dense layers, 784-300-10 with tanh and softmax; cross-entropy, SGD 0.1. */
export const mlp: Suite = {
  name: 'mlp',
  summary: 'a multi-layer perceptron, 784-300-10: a training step on a batch of 128',
  measurements: [
    {
      name: 'mlp train',
      case: 'mlp-train',
      parameters: { batch: BATCH },
      threads: [1, 2],
      unit: perSecond('samples', BATCH),
      peers: [
        { program: 'pytorch', bar: 1.2 },
        { program: 'jax-js', bar: 1 },
        { program: 'tfjs-wasm', bar: 1 },
      ],
    },
  ],
  cases: {
    'mlp-train': async ({ batch = BATCH }) => {
      const model = sequential({
        name: 'mlp',
        seed: 1,
        layers: [
          layers.input({ shape: [784] }),
          layers.dense({ units: 300, activation: 'tanh' }),
          layers.dense({ units: 10, activation: 'softmax' }),
        ],
      });
      model.compile({ optimizer: sgd({ learningRate: 0.1 }), loss: 'sparseCategoricalCrossentropy' });
      const [x, y] = [filled([batch, 784]), fromHost(labels(batch, 10), [batch], 'int32')];
      return timedSteps(bareStep(model, x, y));
    },
  },
};
