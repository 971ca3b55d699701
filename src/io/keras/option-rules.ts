import type { Json } from './keras-object.ts';

/** Options of ours that Keras's layer does not take, by class. `dataFormat` of one axis is always `channels_last`. */
const OWN_ONLY: Readonly<Record<string, readonly string[]>> = {
  Cropping1D: ['dataFormat'],
  Discretization: ['trainable'],
  HashedCrossing: ['dtype', 'trainable'],
  Hashing: ['dtype'],
  SpatialDropout1D: ['dataFormat', 'trainable'],
  SpatialDropout2D: ['trainable'],
  SpatialDropout3D: ['trainable'],
};

/** Layers that take a seed in Keras; ours take one each. */
const SEEDED =
  /Dropout|GaussianNoise|Attention|^Random|^(?:SimpleRNN|LSTM|GRU)(?:Cell)?$|^AutoContrast|^(?:CutMix|MixUp)$/;

/** Whether Keras's layer of a class takes an option of ours. */
export function isKnownToKeras(type: string, option: string): boolean {
  if (option === 'seed') return SEEDED.test(type);
  return !OWN_ONLY[type]?.includes(option);
}

/** Stands for any value. */
const ANY = Symbol('any');

/** Options of Keras that we lack, with the value that asks for nothing. */
const WITHOUT_EFFECT: Readonly<Record<string, Json | typeof ANY>> = {
  quantization_config: null,
  data_format: 'channels_last',
  seed: null,
  renorm: false,
  renorm_clipping: null,
  renorm_momentum: ANY,
  synchronized: false,
  fused: ANY,
  rms_scaling: false,
  sparse: false,
  ragged: false,
  optional: false,
  encoding: 'utf-8',
  vocabulary_dtype: ANY,
  vocabulary_size: ANY,
  oov_method: 'floormod',
  salt: null,
  bounding_box_format: null,
  unroll: ANY,
  use_cudnn: ANY,
  flash_attention: ANY,
  implementation: ANY,
  time_major: false,
  input_length: ANY,
  autocast: ANY,
  lora_rank: null,
  lora_alpha: ANY,
  input_axes: null,
  output_axes: null,
  build_input_shape: ANY,
  batch_input_shape: ANY,
};

/** Whether an option of Keras may be left out because it changes nothing. */
export function isWithoutEffect(option: string, value: Json | undefined): boolean {
  if (!Object.hasOwn(WITHOUT_EFFECT, option)) return false;
  const neutral = WITHOUT_EFFECT[option];
  return neutral === ANY || neutral === value;
}
