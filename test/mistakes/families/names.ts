import { callbacks, layers, losses, metrics, model, optimizers, sequential } from 'antler';
import type { Family } from '../mistake.ts';
import { ofClasses, QUIET, X } from '../programs.ts';

const compile = (options: object) =>
  ofClasses().compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy', ...options });

const dense = (options: object) =>
  sequential({ name: 'net', layers: [layers.dense({ units: 2, inputShape: [2], ...options })] }).outputShape;

/** Names that are misspelt, or spelt as elsewhere. */
export const names: Family = {
  name: 'names',
  mistakes: [
    {
      mistake: 'a misspelt option of a layer',
      run: () => layers.dense({ unit: 2 } as never),
      message: "dense: expected an option it knows, got 'unit'; did you mean 'units'?",
    },
    {
      mistake: "Python's name of an option",
      run: () => layers.conv2d({ filters: 2, kernel_size: 3 } as never),
      message: "conv2d: expected an option it knows, got 'kernel_size'; did you mean 'kernelSize'?",
    },
    {
      mistake: 'an option that is missing',
      run: () => layers.dense({ activation: 'relu' } as never),
      message: 'dense: expected the option units, got none; write dense({ units: ... })',
    },
    {
      mistake: "Python's arguments in their order",
      run: () => layers.dense(64 as never),
      message: 'dense: expected the option units, got none; write dense({ units: ... })',
    },
    {
      mistake: 'a misspelt activation',
      run: () => layers.dense({ units: 2, activation: 'rellu' as never }),
      message: "dense: expected an activation, got 'rellu'; did you mean 'relu'?",
    },
    {
      mistake: 'a misspelt padding',
      run: () => layers.conv2d({ filters: 2, kernelSize: 3, padding: 'SAME' as never }),
      message: "conv2d: expected a padding, got 'SAME'; did you mean 'same'?",
    },
    {
      mistake: 'a misspelt initializer',
      run: () => dense({ kernelInitializer: 'glorotUniforn' }),
      message:
        "net/dense (dense), dense/kernel: expected an initializer, got 'glorotUniforn'; did you mean 'glorotUniform'?",
    },
    {
      mistake: "Python's name of an initializer",
      run: () => dense({ kernelInitializer: 'he_normal' }),
      message:
        "net/dense (dense), dense/kernel: expected an initializer, got 'he_normal'; did you mean 'heNormal'?",
    },
    {
      mistake: 'an unknown regularizer',
      run: () => dense({ kernelRegularizer: 'l3' }),
      message: "net/dense (dense), dense/kernel: expected a regularizer, got 'l3'; did you mean 'l1'?",
    },
    {
      mistake: 'a misspelt constraint',
      run: () => dense({ kernelConstraint: 'nonneg' }),
      message: "net/dense (dense), dense/kernel: expected a constraint, got 'nonneg'; did you mean 'nonNeg'?",
    },
    {
      mistake: 'a misspelt optimizer',
      run: () => compile({ optimizer: 'adamm' }),
      message: "net.compile: expected an optimizer, got 'adamm'; did you mean 'adam'?",
    },
    {
      mistake: 'an optimizer that was not called',
      run: () => compile({ optimizer: optimizers.adam }),
      message: 'net.compile: expected an optimizer, or the name of one, got a function; call it: adam()',
    },
    {
      mistake: 'a misspelt option of an optimizer',
      run: () => optimizers.adam({ learnRate: 0.1 } as never),
      message: "Adam: expected an option it knows, got 'learnRate'; did you mean 'learningRate'?",
    },
    {
      mistake: 'a misspelt loss',
      run: () => compile({ loss: 'sparseCategoricalCrosentropy' }),
      message:
        "net.compile: expected a loss, got 'sparseCategoricalCrosentropy'; did you mean 'sparseCategoricalCrossentropy'?",
    },
    {
      mistake: "Python's name of a loss",
      run: () => compile({ loss: 'sparse_categorical_crossentropy' }),
      message:
        "net.compile: expected a loss, got 'sparse_categorical_crossentropy'; did you mean 'sparseCategoricalCrossentropy'?",
    },
    {
      mistake: 'a short name of a loss',
      run: () => compile({ loss: 'mse' }),
      message: "net.compile: expected a loss, got 'mse'; did you mean 'meanSquaredError'?",
    },
    {
      mistake: 'a loss that was not called',
      run: () => compile({ loss: losses.sparseCategoricalCrossentropy }),
      message:
        'net.compile: expected a loss, or the name of one, got a function; call it: sparseCategoricalCrossentropy()',
    },
    {
      mistake: 'a function for a loss',
      run: () => compile({ loss: (y: number, p: number) => (y - p) ** 2 }),
      message:
        'net.compile: expected a loss, got a function; make a loss of it: defineLoss({ name, labels, defaults, perExample })',
    },
    {
      mistake: 'no loss',
      run: () => compile({ loss: undefined }),
      message:
        "net.compile: expected the option loss, got none; write compile({ optimizer: 'adam', loss: 'meanSquaredError' })",
    },
    {
      mistake: 'a misspelt option of compile',
      run: () => compile({ metric: ['accuracy'] }),
      message: "net.compile: expected an option it knows, got 'metric'; did you mean 'metrics'?",
    },
    {
      mistake: 'a misspelt metric',
      run: () => compile({ metrics: ['acuracy'] }),
      message: "net.compile: expected a metric, got 'acuracy'; did you mean 'accuracy'?",
    },
    {
      mistake: 'a metric that was not called',
      run: () => compile({ metrics: [metrics.sparseCategoricalAccuracy] }),
      message:
        'net.compile: expected a metric, or the name of one, got a function; call it: sparseCategoricalAccuracy()',
    },
    {
      mistake: 'a metric outside a list',
      run: () => compile({ metrics: 'accuracy' }),
      message: "net.compile: expected metrics, a list, got 'accuracy'; write metrics: ['accuracy']",
    },
    {
      mistake: 'a misspelt option of fit',
      run: () => ofClasses().fit(X, [0, 1], { epoch: 3 } as never),
      message: "net.fit: expected an option it knows, got 'epoch'; did you mean 'epochs'?",
    },
    {
      mistake: 'a misspelt option of evaluate',
      run: () => ofClasses().evaluate(X, [0, 1], { batch: 1 } as never),
      message: "net.evaluate: expected an option it knows, got 'batch'; did you mean 'batchSize'?",
    },
    {
      mistake: 'a misspelt option of a callback',
      run: () => callbacks.earlyStopping({ patient: 3 } as never),
      message: "earlyStopping: expected an option it knows, got 'patient'; did you mean 'patience'?",
    },
    {
      mistake: 'a figure to watch that nobody measures',
      run: () => ofClasses().fit(X, [0, 1], { callbacks: [callbacks.earlyStopping()], ...QUIET }),
      message:
        "earlyStopping: expected the figure 'valLoss' to watch, got only loss, accuracy; give fit validationData or validationSplit",
    },
    {
      mistake: 'the name of a callback for a callback',
      run: () => ofClasses().fit(X, [0, 1], { callbacks: ['earlyStopping' as never], ...QUIET }),
      message:
        "net.fit: expected callbacks, a list of callbacks, got ['earlyStopping']; write callbacks: [callbacks.earlyStopping()]",
    },
    {
      mistake: 'a callback outside a list',
      run: () => ofClasses().fit(X, [0, 1], { callbacks: callbacks.earlyStopping() as never, ...QUIET }),
      message:
        'net.fit: expected callbacks, a list of callbacks, got an object; write callbacks: [callbacks.earlyStopping()]',
    },
    {
      mistake: 'the name of a layer that is not there',
      run: () => ofClasses().getLayer('dens'),
      message: "net (sequential).getLayer: expected the name of a layer, got 'dens'; did you mean 'dense'?",
    },
    {
      mistake: 'a misspelt option of a functional model',
      run: () => model({ input: 1, outputs: 2 } as never),
      message: "model: expected an option it knows, got 'input'; did you mean 'inputs'?",
    },
  ],
};
