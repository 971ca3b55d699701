import { ownKey } from '../../layers/keras-keys.ts';
import type { LayerDescription } from '../../layers/layer-config.ts';
import { AntlerDataError } from '../../util/errors.ts';
import { dtypeFromKeras } from './dtype-from-keras.ts';
import { functionalFromKeras } from './graph-from-keras.ts';
import { isJsonObject, isKerasObject, type Json, type JsonObject } from './keras-object.ts';
import { ownText } from './option-names.ts';
import { isKnownToKeras, isWithoutEffect } from './option-rules.ts';
import { roleOf } from './part-to-keras.ts';
import { requireLayerClass, requireNoCode } from './refused-classes.ts';

/** Names that Keras gives a class in some files. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  GroupedQueryAttention: 'GroupQueryAttention',
  Model: 'Functional',
};

/**
 * The description of a layer or model that Keras has written, of any version that writes JSON.
 * @param where named in errors
 * @throws AntlerDataError for classes that hold code, operations without a layer, and data of another form
 */
export function layerFromKeras(written: unknown, where: string): LayerDescription {
  const { class_name: givenName, module, config } = requireObject(written, where);
  const className = Object.hasOwn(OTHER_NAMES, givenName) ? String(OTHER_NAMES[givenName]) : givenName;
  const options = Array.isArray(config) ? { layers: config } : config;
  if (!isJsonObject(options)) throw malformed(where, 'a layer with config', className);
  const place = `${where}, ${typeof options.name === 'string' ? options.name : className}`;
  requireLayerClass(className, module, place);
  if (className === 'Functional') {
    return { type: 'Functional', config: functionalFromKeras(options, place, layerFromKeras) };
  }
  if (className === 'InputLayer') return { type: className, config: inputOptions(options, place) };
  if (className === 'Sequential')
    return { type: className, config: sequentialOptions(options, written, place) };
  const shared = Object.entries(options).filter(([name]) => isKnownToKeras(className, ownKey(name)));
  return { type: className, config: layerOptions(Object.fromEntries(shared), place) };
}

/** Options of an object, in our words. */
function layerOptions(options: JsonObject, where: string): Record<string, unknown> {
  const kept = Object.entries(options).filter(([name, value]) => !isWithoutEffect(name, value));
  const translated = kept.map(([name, value]) => [ownKey(name), optionValue(ownKey(name), value, where)]);
  const inputShape = inputShapeOf(options);
  return { ...Object.fromEntries(translated), ...(inputShape ? { inputShape } : {}) };
}

function optionValue(option: string, value: Json, where: string): unknown {
  const place = `${where}, ${option}`;
  if (option === 'dtype') return dtypeFromKeras(value, place);
  if (option === 'activation' || option === 'recurrentActivation') return activationOf(option, value, place);
  if (typeof value === 'string') return roleOf(option) ? value : ownText(option, value);
  if (Array.isArray(value)) return value.map((item: Json) => optionValue(option, item, where));
  if (!isJsonObject(value)) return value;
  if (!isKerasObject(value)) return layerOptions(value, where);
  return roleOf(option) ? partFromKeras(value, place) : layerFromKeras(value, place);
}

/** A name, or one inside the data of a function that Keras knows. */
function activationOf(option: string, value: Json, where: string): unknown {
  if (value === null) return 'linear';
  if (typeof value === 'string') return ownText(option, value);
  if (isKerasObject(value) && typeof value.config === 'string') return ownText(option, value.config);
  if (isKerasObject(value) && isJsonObject(value.config) && isActivationLayer(value))
    return layerFromKeras(value, where);
  requireNoCode(value, where);
  throw malformed(where, 'an activation', isKerasObject(value) ? value.class_name : typeof value);
}

function isActivationLayer({ module }: JsonObject): boolean {
  return module === 'keras.layers';
}

function partFromKeras(value: JsonObject, where: string): object {
  requireNoCode(value, where);
  const { class_name: className, config } = value;
  return { className, config: layerOptions(isJsonObject(config) ? config : {}, where) };
}

function inputOptions(options: JsonObject, where: string): Record<string, unknown> {
  const {
    batch_shape: shape,
    batch_input_shape: oldShape,
    name = 'input_layer',
    dtype = 'float32',
  } = options;
  const batchShape = shape ?? oldShape;
  if (
    !Array.isArray(batchShape) ||
    !batchShape.every((extent: Json) => extent === null || typeof extent === 'number')
  ) {
    throw malformed(where, 'an input with batch_shape', JSON.stringify(batchShape ?? null).slice(0, 80));
  }
  return { name, batchShape, dtype: dtypeFromKeras(dtype, `${where}, dtype`) };
}

/** The input layer of a sequence may stand in its build shape only. */
function sequentialOptions(options: JsonObject, written: unknown, where: string): Record<string, unknown> {
  const { layers, build_input_shape: builtFor, ...own } = options;
  if (!Array.isArray(layers)) throw malformed(where, 'a list of layers', typeof layers);
  const descriptions = layers.map((layer: Json) => layerFromKeras(layer, where));
  const shape = builtFor ?? buildShapeOf(written);
  const hasInput = descriptions[0]?.type === 'InputLayer' || descriptions[0]?.config.inputShape !== undefined;
  if (!hasInput && Array.isArray(shape)) {
    const config = { name: 'input_layer', batchShape: [null, ...shape.slice(1)], dtype: 'float32' };
    descriptions.unshift({ type: 'InputLayer', config });
  }
  return { ...layerOptions(own, where), layers: descriptions };
}

function buildShapeOf(written: unknown): Json {
  const config = isJsonObject(written) ? written.build_config : null;
  return isJsonObject(config) ? (config.input_shape ?? null) : null;
}

/** Layers of older files say themselves what they take. */
function inputShapeOf({ batch_input_shape: shape }: JsonObject): readonly Json[] | undefined {
  return Array.isArray(shape) ? shape.slice(1) : undefined;
}

function requireObject(written: unknown, where: string): JsonObject & { readonly class_name: string } {
  if (isKerasObject(written)) return written;
  throw malformed(where, 'a layer with class_name and config', written === null ? 'null' : typeof written);
}

function malformed(where: string, expected: string, got: string): AntlerDataError {
  return new AntlerDataError({ where, expected, got });
}
