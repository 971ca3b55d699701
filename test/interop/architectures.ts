import { input, layers, model, sequential, type Tensor, tensor } from 'antler';

/** A model, and something to predict from. */
export interface Architecture {
  readonly model: ReturnType<typeof sequential> | ReturnType<typeof model>;
  /** What each input gets, in order. */
  readonly inputs: readonly Tensor[];
  /** Whether TensorFlow.js has all of its layers. */
  readonly isInTfjs: boolean;
}

/** Numbers that look random and are the same everywhere: sin(1), sin(2), ... */
function numbers(...shape: number[]): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tensor(Float32Array.from({ length: size }, (_, i) => Math.sin(i + 1))).reshape(shape);
}

/** Indices below a limit; the last of each row are 0, which stands for no word. */
function words(rows: number, length: number, limit: number): Tensor {
  const row = (r: number) =>
    Array.from({ length }, (_, i) => (i > length - 2 - r ? 0 : ((r + 1) * (i + 3)) % limit || 1));
  return tensor(Array.from({ length: rows }, (_, r) => row(r))).cast('int32');
}

function mlp(): Architecture {
  const net = sequential({
    name: 'mlp',
    layers: [
      layers.input({ shape: [6] }),
      layers.dense({ units: 8, activation: 'relu', kernelRegularizer: 'l2' }),
      layers.batchNormalization(),
      layers.dropout({ rate: 0.3, seed: 3 }),
      layers.dense({ units: 5, activation: 'selu', useBias: false, kernelInitializer: 'heNormal' }),
      layers.dense({ units: 3, activation: 'softmax' }),
    ],
  });
  return { model: net, inputs: [numbers(4, 6)], isInTfjs: true };
}

function cnn(): Architecture {
  const net = sequential({
    name: 'cnn',
    layers: [
      layers.input({ shape: [12, 12, 3] }),
      layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', activation: 'relu' }),
      layers.batchNormalization({ momentum: 0.9 }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 }),
      layers.separableConv2d({ filters: 5, kernelSize: [2, 3], strides: 1 }),
      layers.averagePooling2d({ poolSize: 2, padding: 'same' }),
      layers.flatten(),
      layers.dense({ units: 4 }),
    ],
  });
  return { model: net, inputs: [numbers(2, 12, 12, 3)], isInTfjs: true };
}

/** A residual block as a model of its own. */
function residualBlock(name: string, from: number, to: number) {
  const x = input({ shape: [8, 8, from] });
  const conv = (filters: number, kernelSize: number) =>
    layers.conv2d({ filters, kernelSize, padding: 'same' });
  const y = layers.batchNormalization().apply(conv(to, 3).apply(x));
  const z = layers
    .batchNormalization()
    .apply(conv(to, 3).apply(layers.activation({ activation: 'relu' }).apply(y)));
  const shortcut = from === to ? x : conv(to, 1).apply(x);
  return model({ inputs: x, outputs: layers.add().apply([z, shortcut]), name });
}

function resnet(): Architecture {
  const x = input({ shape: [8, 8, 3], name: 'image' });
  const stem = layers.conv2d({ filters: 4, kernelSize: 3, padding: 'same', name: 'stem' }).apply(x);
  const a = residualBlock('block_a', 4, 4);
  const b = residualBlock('block_b', 4, 6);
  const features = layers.globalAveragePooling2d().apply(b.apply(a.apply(a.apply(stem))));
  const net = model({ inputs: x, outputs: layers.dense({ units: 3 }).apply(features), name: 'resnet' });
  return { model: net, inputs: [numbers(2, 8, 8, 3)], isInTfjs: true };
}

function bilstmAttention(): Architecture {
  const x = input({ shape: [7], dtype: 'int32', name: 'words' });
  const embedded = layers.embedding({ inputDim: 11, outputDim: 4, maskZero: true }).apply(x);
  const sequence = layers
    .bidirectional({ layer: layers.lstm({ units: 3, returnSequences: true }) })
    .apply(embedded);
  const attended = layers.attention({ useScale: true }).apply([sequence, sequence]);
  const y = layers
    .concatenate()
    .apply([layers.globalAveragePooling1d().apply(attended), layers.globalMaxPooling1d().apply(sequence)]);
  const net = model({
    inputs: x,
    outputs: layers.dense({ units: 2, activation: 'sigmoid' }).apply(y),
    name: 'bilstm',
  });
  return { model: net, inputs: [words(3, 7, 11)], isInTfjs: false };
}

function transformer(): Architecture {
  const x = input({ shape: [6, 8] });
  const attention = layers.multiHeadAttention({ numHeads: 2, keyDim: 4 }).apply([x, x]);
  const y = layers.layerNormalization({ epsilon: 1e-6 }).apply(layers.add().apply([x, attention]));
  const wide = layers
    .einsumDense({ equation: 'abc,cd->abd', outputShape: [null, 16], biasAxes: 'd', activation: 'relu' })
    .apply(y);
  const narrow = layers.dense({ units: 8 }).apply(wide);
  const z = layers.rmsNormalization().apply(layers.add().apply([y, narrow]));
  const grouped = layers
    .groupedQueryAttention({ headDim: 4, numQueryHeads: 2, numKeyValueHeads: 1 })
    .apply([z, z]);
  const net = model({ inputs: x, outputs: layers.dense({ units: 3 }).apply(grouped), name: 'transformer' });
  return { model: net, inputs: [numbers(2, 6, 8)], isInTfjs: false };
}

function recurrent(): Architecture {
  const net = sequential({
    name: 'recurrent',
    layers: [
      layers.input({ shape: [5, 4] }),
      layers.timeDistributed({ layer: layers.dense({ units: 3, activation: 'tanh' }) }),
      layers.gru({ units: 4, returnSequences: true }),
      layers.rnn({
        cell: layers.stackedRNNCells({
          cells: [layers.lstmCell({ units: 3 }), layers.gruCell({ units: 2 })],
        }),
        returnSequences: true,
      }),
      layers.simpleRNN({ units: 3 }),
      layers.spectralNormalization({ layer: layers.dense({ units: 2 }) }),
    ],
  });
  return { model: net, inputs: [numbers(3, 5, 4)], isInTfjs: false };
}

function twoInputs(): Architecture {
  const left = input({ shape: [3], name: 'left' });
  const right = input({ shape: [3], name: 'right' });
  const shared = layers.dense({ units: 4, activation: 'elu', name: 'shared' });
  const [a, b] = [shared.apply(left), shared.apply(right)];
  const joined = layers.concatenate().apply([a, b, layers.multiply().apply([a, b])]);
  const net = model({
    inputs: [left, right],
    outputs: [
      layers.dense({ units: 1, name: 'score' }).apply(joined),
      layers.dense({ units: 2, activation: 'softmax', name: 'kind' }).apply(layers.maximum().apply([a, b])),
    ],
    name: 'two_inputs',
  });
  return { model: net as never, inputs: [numbers(4, 3), numbers(4, 3)], isInTfjs: true };
}

function autoencoder(): Architecture {
  const net = sequential({
    name: 'autoencoder',
    layers: [
      layers.input({ shape: [8, 8, 2] }),
      layers.zeroPadding2d({ padding: 1 }),
      layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same' }),
      layers.prelu({ sharedAxes: [1, 2] }),
      layers.upSampling2d({ size: 2 }),
      layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 1, padding: 'same', activation: 'tanh' }),
      layers.cropping2d({ cropping: 1 }),
      layers.conv2d({ filters: 2, kernelSize: 1, activation: 'sigmoid' }),
    ],
  });
  return { model: net, inputs: [numbers(2, 8, 8, 2)], isInTfjs: true };
}

/** What TensorFlow.js has of recurrent layers. */
function bilstm(): Architecture {
  const net = sequential({
    name: 'bilstm_plain',
    layers: [
      layers.input({ shape: [7], dtype: 'int32' }),
      layers.embedding({ inputDim: 11, outputDim: 4 }),
      layers.bidirectional({ layer: layers.lstm({ units: 3, returnSequences: true }) }),
      layers.layerNormalization(),
      layers.timeDistributed({ layer: layers.dense({ units: 3, activation: 'tanh' }) }),
      layers.gru({ units: 3, resetAfter: false }),
      layers.leakyRelu({ negativeSlope: 0.2 }),
      layers.dense({ units: 2, activation: 'silu' }),
    ],
  });
  return { model: net, inputs: [words(3, 7, 11)], isInTfjs: true };
}

/** Architectures by name. */
export const ARCHITECTURES: Readonly<Record<string, () => Architecture>> = {
  mlp,
  cnn,
  resnet,
  bilstm_attention: bilstmAttention,
  transformer,
  recurrent,
  two_inputs: twoInputs,
  autoencoder,
  bilstm,
};
