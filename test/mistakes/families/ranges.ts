import { layers, losses, optimizers, random, sequential } from 'antler';
import type { Family } from '../mistake.ts';
import { ofClasses, QUIET, X } from '../programs.ts';

const fitWith = (options: object) => ofClasses().fit(X, [0, 1], { ...options, ...QUIET });

/** Numbers out of range. */
export const ranges: Family = {
  name: 'ranges',
  mistakes: [
    {
      mistake: 'a batch larger than the data',
      run: () => fitWith({ batchSize: 64 }),
      message:
        'net.fit: expected batchSize, an integer in 1 to 2 (the rows of data), got 64; leave it out for 32, or all rows where there are fewer',
    },
    {
      mistake: 'batches of nothing',
      run: () => fitWith({ batchSize: 0 }),
      message:
        'net.fit: expected batchSize, an integer in 1 to 2 (the rows of data), got 0; leave it out for 32, or all rows where there are fewer',
    },
    {
      mistake: 'predictions in batches of nothing',
      run: () => ofClasses().predict(X, { batchSize: 0 }),
      message:
        'net.predict: expected batchSize, an integer in 1 to 2 (the rows of data), got 0; leave it out for 32, or all rows where there are fewer',
    },
    {
      mistake: 'a negative number of epochs',
      run: () => fitWith({ epochs: -1 }),
      message: 'net.fit: expected epochs, a whole number >= 0, got -1',
    },
    {
      mistake: 'a part of an epoch',
      run: () => fitWith({ epochs: 1.5 }),
      message: 'net.fit: expected epochs, a whole number >= 0, got 1.5',
    },
    {
      mistake: 'everything set aside for validation',
      run: () => fitWith({ validationSplit: 1 }),
      message:
        'net.fit: expected validationSplit in [0, 1) that leaves rows in both parts of 2, got 1; it is a part, as 0.2 for a fifth',
    },
    {
      mistake: 'a percentage set aside for validation',
      run: () => fitWith({ validationSplit: 20 }),
      message:
        'net.fit: expected validationSplit in [0, 1) that leaves rows in both parts of 2, got 20; it is a part, as 0.2 for a fifth',
    },
    {
      mistake: 'validation given twice',
      run: () => fitWith({ validationSplit: 0.5, validationData: [X, [0, 1]] }),
      message: 'net.fit: expected validationData or validationSplit, got both',
    },
    {
      mistake: 'verbose 2',
      run: () => ofClasses().fit(X, [0, 1], { verbose: 2 as never }),
      message: 'net.fit: expected verbose, 0 or 1, got 2; leave it out for a line an epoch',
    },
    {
      mistake: 'nothing to learn from',
      run: () => ofClasses().fit([], [], QUIET),
      message: 'net.fit, examples: expected at least one example, got an empty dataset',
    },
    {
      mistake: 'a dropout rate above 1',
      run: () => layers.dropout({ rate: 1.5 }),
      message:
        'dropout: expected rate in [0, 1), got 1.5; it is the part that is left out: rate: 0.5 is one half',
    },
    {
      mistake: 'a dropout rate in quotes',
      run: () => layers.dropout({ rate: '0.5' as never }),
      message:
        "dropout: expected rate in [0, 1), got '0.5'; it is the part that is left out: rate: 0.5 is one half",
    },
    {
      mistake: 'a negative number of units',
      run: () => layers.dense({ units: -3 }),
      message: 'dense: expected units, a whole number >= 1, got -3',
    },
    {
      mistake: 'a number of units in quotes',
      run: () => layers.dense({ units: '64' as never }),
      message: "dense: expected units, a whole number >= 1, got '64'",
    },
    {
      mistake: 'strides of 0',
      run: () => layers.conv2d({ filters: 1, kernelSize: 3, strides: 0 }),
      message: 'conv2d: expected strides, one or two whole numbers >= 1, got 0',
    },
    {
      mistake: 'three numbers for a kernel of two axes',
      run: () => layers.conv2d({ filters: 1, kernelSize: [3, 3, 3] as never }),
      message: 'conv2d: expected kernelSize, one or two whole numbers >= 1, got [3, 3, 3]',
    },
    {
      mistake: 'attention without heads',
      run: () => layers.multiHeadAttention({ numHeads: 0, keyDim: 2 }),
      message: 'multiHeadAttention: expected numHeads, a whole number >= 1, got 0',
    },
    {
      mistake: 'an embedding of no words',
      run: () => layers.embedding({ inputDim: 0, outputDim: 3 }),
      message: 'embedding: expected inputDim, a whole number >= 1, got 0',
    },
    {
      mistake: 'a negative learning rate',
      run: () => optimizers.adam({ learningRate: -1 }),
      message: 'Adam: expected a learning rate >= 0, got -1',
    },
    {
      mistake: 'a momentum of 2',
      run: () => optimizers.sgd({ momentum: 2 }),
      message: 'SGD: expected momentum in [0, 1], got 2',
    },
    {
      mistake: 'a negative delta',
      run: () => losses.huber({ delta: -1 }),
      message: 'huber: expected delta, at least 0, got -1',
    },
    {
      mistake: 'a fraction for a seed',
      run: () => random.key(1.5),
      message: 'key: expected a whole seed in [0, 2^53), got 1.5',
    },
    {
      mistake: 'a negative seed of a model',
      run: () => sequential({ seed: -1 }),
      message: 'sequential: expected seed, a whole number in [0, 2^53), got -1',
    },
    {
      mistake: 'random numbers without a key',
      run: () => (random.normal as (shape: unknown) => unknown)([2, 2]),
      message: 'normal: expected a random key (int32 [2]), got [2, 2]; make one with random.key(seed)',
    },
  ],
};
