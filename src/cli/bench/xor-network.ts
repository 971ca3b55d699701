import type * as antler from '../../index.ts';

type Parts = Pick<typeof antler, 'layers' | 'optimizers' | 'sequential'>;

/** 2-2-2 with tanh and softmax, ready to train: cross-entropy, SGD 0.1. Made of the parts of the library that is measured. */
export function xorNetwork({ layers, optimizers, sequential }: Parts): antler.Sequential {
  const model = sequential({
    name: 'xor',
    seed: 1,
    layers: [
      layers.input({ shape: [2] }),
      layers.dense({ units: 2, activation: 'tanh' }),
      layers.dense({ units: 2, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: optimizers.sgd({ learningRate: 0.1 }), loss: 'sparseCategoricalCrossentropy' });
  return model;
}
