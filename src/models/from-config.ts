import * as constraints from '../constraints/index.ts';
import * as initializers from '../initializers/index.ts';
import { InputLayer, type InputOptions } from '../layers/core/input.ts';
import * as layers from '../layers/index.ts';
import type { AnyLayer } from '../layers/layer.ts';
import { isPart, type LayerDescription, type PartDescription } from '../layers/layer-config.ts';
import type { LayerConfig } from '../layers/layer-options.ts';
import { factoryName } from '../layers/names.ts';
import * as regularizers from '../regularizers/index.ts';
import { AntlerDataError } from '../util/errors.ts';
import { unknownName } from '../util/suggest.ts';
import { functionalFromConfig } from './graph-from-config.ts';
import { isModel } from './layer-uses.ts';
import type { AnyModel } from './model.ts';
import { sequential } from './sequential.ts';

/** Makes a layer of its options; layers and the like among them are made already. */
export type LayerMaker = (config: never) => unknown;

/** What `registerPart` makes. */
type NewPart = Readonly<Record<'className', string> & Record<'config', object>>;
type PartMaker = (config: never) => NewPart;

const registered = new Map<string, LayerMaker>();
const registeredParts = new Map<string, PartMaker>();

/** Layers whose options are not simply those of their factory. */
const SPECIAL: Readonly<Record<string, LayerMaker>> = {
  InputLayer: inputFromConfig,
  Sequential: sequential as LayerMaker,
  Functional: (config: LayerConfig) => functionalFromConfig(config, layerFromConfig),
};

/**
 * Makes a kind of layer known to `layerFromConfig` and to model files.
 * @param type as the layer calls its class
 * @param make from what `getConfig` gave
 */
export function registerLayer<Config>(type: string, make: (config: Config) => AnyLayer | object): void {
  registered.set(type, make as LayerMaker);
}

/**
 * Makes a layer or model of plain data, as `layerToConfig` gives it. Weights are made anew.
 * @throws AntlerValueError for a kind of layer it does not know; AntlerDataError for data of another form
 */
export function layerFromConfig(description: LayerDescription): AnyLayer {
  const { type, config } = requireDescription(description);
  const make = makerOf(type);
  const options = type === 'Functional' ? config : reviveAll(config);
  return make(options as never) as AnyLayer;
}

/** `layerFromConfig` for models. @throws AntlerDataError for a layer that is no model */
export function modelFromConfig(description: LayerDescription): AnyModel {
  const layer = layerFromConfig(description);
  if (isModel(layer)) return layer;
  throw new AntlerDataError({ where: 'modelFromConfig', expected: 'a model', got: layer.label });
}

function makerOf(type: string): LayerMaker {
  const own = registered.get(type);
  if (own) return own;
  if (Object.hasOwn(SPECIAL, type)) return SPECIAL[type] as LayerMaker;
  const name = factoryName(type);
  const found = Object.entries(layers).find(([known]) => known === name);
  if (found) return found[1] as LayerMaker;
  throw unknownName({
    where: 'layerFromConfig',
    kind: 'a layer of Antler or one given to registerLayer',
    name: type,
    known: [...registered.keys(), ...Object.keys(layers)],
  });
}

function requireDescription(description: LayerDescription): LayerDescription {
  if (isDescription(description)) return description;
  const got = description === null ? 'null' : typeof description;
  throw new AntlerDataError({ where: 'layerFromConfig', expected: '{ type, config }', got });
}

function isDescription(value: unknown): value is LayerDescription {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('config' in value)) return false;
  return typeof value.type === 'string' && typeof value.config === 'object' && value.config !== null;
}

function reviveAll(config: LayerConfig): LayerConfig {
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, revive(value)]));
}

/** What plain data stands for. */
function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  if (isDescription(value)) return layerFromConfig(value);
  return isPart(value) ? partFrom(value) : value;
}

/**
 * Makes a kind of initializer, regularizer or constraint known to `layerFromConfig` and to model files.
 * @param className as it calls its class
 * @param make from its `config`
 */
export function registerPart<Config>(className: string, make: (config: Config) => NewPart): void {
  registeredParts.set(className, make as PartMaker);
}

/** Class names of Keras differ from our factories only in the case of letters. */
function partFrom({ className, config }: PartDescription): unknown {
  const own = registeredParts.get(className);
  if (own) return own(config as never);
  const parts: Readonly<Record<string, unknown>> = { ...initializers, ...regularizers, ...constraints };
  const found = Object.entries(parts).find(([name]) => name.toLowerCase() === className.toLowerCase());
  if (found) return (found[1] as (options: object) => unknown)(config);
  throw unknownName({
    where: 'layerFromConfig',
    kind: 'an initializer, regularizer or constraint, or one given to registerPart',
    name: className,
    known: [...registeredParts.keys(), ...Object.keys(parts)],
  });
}

function inputFromConfig({ batchShape, dtype, name }: LayerConfig): InputLayer {
  const [batch = null, ...shape] = batchShape as (number | null)[];
  return new InputLayer({
    shape,
    ...(batch === null ? {} : { batchSize: batch }),
    ...(dtype === undefined ? {} : { dtype: dtype as NonNullable<InputOptions['dtype']> }),
    ...(name === undefined ? {} : { name: String(name) }),
  });
}
