import { activationName } from '../activations/resolve.ts';
import { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError } from '../util/errors.ts';
import { type AnyLayer, Layer } from './layer.ts';
import type { LayerConfig } from './layer-options.ts';

/** A layer as plain data: what kind it is, and the options that make an equal one. */
export interface LayerDescription {
  /** Keras's name of the class. */
  readonly type: string;
  readonly config: LayerConfig;
}

/** An initializer, regularizer or constraint as plain data. */
export interface PartDescription {
  /** Keras's name of the class. */
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/**
 * A layer or model as plain data, without its weights; `layerFromConfig` makes an equal one of it.
 * @throws AntlerValueError if an option is a function of the user's, which data cannot hold
 */
export function layerToConfig(layer: AnyLayer): LayerDescription {
  return { type: layer.type, config: plainConfig(layer.getConfig(), layer.label) };
}

/**
 * Options as plain data: layers inside, initializers, regularizers and constraints by class and options,
 * activations by name.
 */
export function plainConfig(config: object, where: string): LayerConfig {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [name, plain(value, `${where}, ${name}`)]),
  );
}

function plain(value: unknown, where: string): unknown {
  if (typeof value === 'function') return nameOf(value, where);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Layer) return layerToConfig(value);
  if (value instanceof Tensor) return value.arraySync();
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>);
  if (Array.isArray(value)) return value.map((item) => plain(item, where));
  if (isPart(value)) return { className: value.className, config: plainConfig(value.config, where) };
  return plainConfig(value, where);
}

/** Whether this is an initializer, regularizer or constraint, or the plain data of one. */
export function isPart(value: object): value is PartDescription {
  return 'className' in value && typeof value.className === 'string' && 'config' in value;
}

function nameOf(activation: unknown, where: string): string {
  const name = activationName(activation);
  if (name !== undefined) return name;
  throw new AntlerValueError({
    where,
    expected: 'an activation that has a name, to write it down',
    got: 'a function of your own',
    fix: 'give it one with registerActivation',
  });
}
