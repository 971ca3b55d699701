import { layers, losses, optimizers, sequential } from 'antler';
import type { Family } from '../mistake.ts';
import { classifier, ofClasses, QUIET, X } from '../programs.ts';

/** Losses, activations, scales and rates that do not go together. */
export const learning: Family = {
  name: 'learning',
  mistakes: [
    {
      mistake: 'softmax applied twice',
      run: (print) => {
        const net = sequential({
          name: 'net',
          layers: [layers.dense({ units: 3, activation: 'softmax' }), layers.softmax()],
        });
        net.compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy' });
        return net.fit(X, [0, 1], { print });
      },
      message:
        'hint: net.fit, output: expected softmax once, got softmax of the output of softmax, which makes all classes nearly alike; leave one of them out',
    },
    {
      mistake: 'softmax in the model and fromLogits in the loss',
      run: () => classifier(losses.sparseCategoricalCrossentropy({ fromLogits: true })).fit(X, [0, 1], QUIET),
      message:
        'sparseCategoricalCrossentropy: expected logits, the input of softmax, for fromLogits: true, got the output of softmax; leave out fromLogits, or the activation softmax',
    },
    {
      mistake: 'sigmoid and fromLogits',
      run: () => {
        const loss = losses.binaryCrossentropy({ fromLogits: true });
        return classifier(loss, { units: 1, activation: 'sigmoid' }).fit(X, [0, 1], QUIET);
      },
      message:
        'binaryCrossentropy: expected logits, the input of sigmoid, for fromLogits: true, got the output of sigmoid; leave out fromLogits, or the activation sigmoid',
    },
    {
      mistake: 'no softmax',
      run: (print) => {
        const net = classifier('sparseCategoricalCrossentropy', { activation: 'linear' });
        return net.fit(X, [0, 1], { print });
      },
      message:
        "hint: net.fit, output: expected probabilities that add up to 1 for sparseCategoricalCrossentropy, got outputs without an activation; give the last layer activation: 'softmax', or compile with losses.sparseCategoricalCrossentropy({ fromLogits: true })",
    },
    {
      mistake: 'no sigmoid',
      run: (print) =>
        classifier('binaryCrossentropy', { units: 1, activation: 'linear' }).fit(X, [0, 1], { print }),
      message:
        "hint: net.fit, output: expected probabilities for binaryCrossentropy, got outputs without an activation; give the last layer activation: 'sigmoid', or compile with losses.binaryCrossentropy({ fromLogits: true })",
    },
    {
      mistake: 'sigmoid for ten classes',
      run: (print) => {
        const net = classifier('sparseCategoricalCrossentropy', { units: 10, activation: 'sigmoid' });
        return net.fit(X, [0, 1], { print });
      },
      message:
        "hint: net.fit, output: expected probabilities that add up to 1 for sparseCategoricalCrossentropy, got outputs of sigmoid; give the last layer activation: 'softmax'",
    },
    {
      mistake: 'softmax with the loss of yes and no',
      run: (print) => classifier('binaryCrossentropy', { units: 2 }).fit(X, X, { print }),
      message:
        'hint: net.fit, output: expected probabilities that are independent for binaryCrossentropy, got outputs of softmax; categoricalCrossentropy goes with softmax; binaryCrossentropy with sigmoid',
    },
    {
      mistake: 'softmax of one unit',
      run: (print) => classifier('binaryCrossentropy', { units: 1 }).fit(X, [0, 1], { print }),
      message:
        "hint: net.fit, output: expected an output that can vary, got softmax of one unit, which is always 1; give the last layer activation: 'sigmoid'",
    },
    {
      mistake: 'one unit for a loss of classes',
      run: () => classifier('sparseCategoricalCrossentropy', { units: 1 }).fit(X, [0, 0], QUIET),
      message:
        'sparseCategoricalCrossentropy: expected predictions of at least 2 classes, got [2, 1]; binaryCrossentropy goes with one output for yes or no',
    },
    {
      mistake: 'pictures of 0 to 255 straight into a dense layer',
      run: (print) => {
        const net = sequential({
          name: 'net',
          layers: [layers.flatten(), layers.dense({ units: 3, activation: 'softmax' })],
        });
        net.compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy' });
        return net.fit({ data: Uint8Array.of(0, 255, 128, 3), shape: [2, 2, 1] }, [0, 1], { print });
      },
      message:
        'hint: net.fit, examples: expected inputs of about -1 to 1 for dense (dense), got numbers up to 255; put layers.rescaling({ scale: 1 / 255 }) first',
    },
    {
      mistake: 'features in thousands',
      run: (print) => {
        const net = classifier('sparseCategoricalCrossentropy');
        const x = [
          [1200.5, 3],
          [900, 4],
        ];
        return net.fit(x, [0, 1], { print });
      },
      message:
        'hint: net.fit, examples: expected inputs of about -1 to 1 for dense (dense), got numbers up to 1201; scale the data, each feature by its own range',
    },
    {
      mistake: 'learning rate 10',
      run: () => {
        const net = sequential({
          name: 'net',
          seed: 1,
          layers: [layers.dense({ units: 1, inputShape: [2] })],
        });
        net.compile({ optimizer: optimizers.sgd({ learningRate: 10 }), loss: 'meanSquaredError' });
        const x = [
          [10, 20],
          [30, 10],
        ];
        return net.fit(x, [1, 2], { epochs: 50, ...QUIET });
      },
      message:
        'net.fit, epoch 6, step 1: expected a finite loss, got Infinity, first made by mul in the loss; lower the learning rate, now 10, bound gradients with clipnorm, or scale the inputs',
    },
    {
      mistake: 'NaN in the data',
      run: () => {
        const x = [
          [Number.NaN, 1],
          [1, 0],
        ];
        return ofClasses().fit(x, [0, 1], QUIET);
      },
      message:
        'net.fit, epoch 1, step 1: expected a finite loss, got NaN, first made by the data: an example or label is not finite; remove or replace NaN and infinities in the data',
    },
    {
      mistake: 'everything frozen',
      run: (print) => {
        const net = ofClasses();
        net.trainable = false;
        return net.fit(X, [0, 1], { print });
      },
      message:
        'hint: net.fit: expected weights that training may change, got 2 that are all frozen; set trainable to true for the layers that shall learn',
    },
  ],
};
