import { add, clip, mul } from '../../ops/math/arithmetic.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { isJsonObject, type Json, type JsonObject } from '../keras/keras-object.ts';

/** What TensorFlow.js calls otherwise than Keras 3. */
const CLASSES: Readonly<Record<string, string>> = {
  LeCunNormal: 'LecunNormal',
  LeCunUniform: 'LecunUniform',
};

/**
 * The topology of TensorFlow.js in the words of Keras: options that are null are left out, for they mean the default;
 * options that Keras 3 has renamed get their new names.
 */
export function kerasOfTfjs(value: Json): Json {
  if (Array.isArray(value)) return value.map(kerasOfTfjs);
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).filter(([, option]) => option !== null);
  const {
    class_name: type,
    config,
    ...rest
  } = Object.fromEntries(kept.map(([key, option]) => [key, kerasOfTfjs(option)]));
  if (typeof type !== 'string') return { ...rest, ...(config === undefined ? {} : { config }) };
  const renamed = Object.hasOwn(CLASSES, type) ? (CLASSES[type] as string) : type;
  return {
    ...rest,
    class_name: renamed,
    config: isJsonObject(config) ? optionsOf(type, config) : (config ?? {}),
  };
}

function optionsOf(type: string, config: JsonObject): JsonObject {
  if (type === 'LeakyReLU' && 'alpha' in config) {
    const { alpha = 0.3, ...options } = config;
    return { ...options, negative_slope: alpha };
  }
  if (type === 'GRU' || type === 'GRUCell') return { reset_after: false, ...config };
  if (type === 'VarianceScaling' && config.distribution === 'normal') {
    return { ...config, distribution: 'truncated_normal' };
  }
  return config;
}

/** TensorFlow.js's (and Keras 2's) hard sigmoid, clip(0.2 x + 0.5, 0, 1); that of Keras 3 is less steep. */
export function steepHardSigmoid(x: Tensor): Tensor {
  return clip(add(mul(x, 0.2), 0.5), 0, 1);
}
