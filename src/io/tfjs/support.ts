/** Layers of TensorFlow.js 4 that compute what Keras's do. */
const LAYERS: ReadonlySet<string> = new Set(
  (
    'Activation Add AlphaDropout Average AveragePooling1D AveragePooling2D AveragePooling3D BatchNormalization ' +
    'Bidirectional Concatenate Conv1D Conv2D Conv2DTranspose Conv3D Conv3DTranspose Cropping2D Dense DepthwiseConv2D ' +
    'Dot Dropout ELU Embedding Flatten Functional GRU GaussianDropout GaussianNoise GlobalAveragePooling1D ' +
    'GlobalAveragePooling2D GlobalMaxPooling1D GlobalMaxPooling2D InputLayer LSTM LayerNormalization LeakyReLU Masking ' +
    'MaxPooling1D MaxPooling2D MaxPooling3D Maximum Minimum Multiply PReLU Permute ReLU RepeatVector Rescaling Reshape ' +
    'SeparableConv2D Sequential SimpleRNN Softmax SpatialDropout1D TimeDistributed UpSampling2D ZeroPadding2D'
  ).split(' '),
);

const ACTIVATIONS: ReadonlySet<string> = new Set(
  'elu gelu linear log_softmax mish relu relu6 selu sigmoid silu softmax softplus softsign tanh'.split(' '),
);

/** Options that TensorFlow.js would pass over, with the value that asks for nothing. */
const IGNORED: Readonly<Record<string, unknown>> = {
  groups: 1,
  keepdims: false,
  interpolation: 'nearest',
  reset_after: false,
  threshold: 0,
};

/** Why TensorFlow.js cannot have a layer; undefined if it can. @param options as Keras names them */
export function lacksInTfjs(type: string, options: Readonly<Record<string, unknown>>): string | undefined {
  if (!LAYERS.has(type)) return type;
  for (const [name, value] of Object.entries(options)) {
    if (/activation$/.test(name) && !ACTIVATIONS.has(String(value))) return `${type} with ${name} '${value}'`;
    if (type === 'ReLU' && name === 'negative_slope' && value !== 0) return `${type} with ${name} ${value}`;
    if (Object.hasOwn(IGNORED, name) && IGNORED[name] !== value) return `${type} with ${name} ${value}`;
  }
  return undefined;
}
