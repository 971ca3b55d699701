import * as layers from '../../layers/index.ts';
import { type Sequential, sequential } from '../../models/sequential.ts';
import { sgd } from '../../optimizers/index.ts';

/** 2-2-2 with tanh and softmax, ready to train: cross-entropy, SGD 0.1. */
export function xorNetwork(): Sequential {
  const model = sequential({
    name: 'xor',
    seed: 1,
    layers: [
      layers.input({ shape: [2] }),
      layers.dense({ units: 2, activation: 'tanh' }),
      layers.dense({ units: 2, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: sgd({ learningRate: 0.1 }), loss: 'sparseCategoricalCrossentropy' });
  return model;
}
