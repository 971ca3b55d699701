import { isJsonObject, isKerasObject, type Json, type JsonObject } from '../../io/keras/keras-object.ts';
import { ownKey } from '../../layers/keras-keys.ts';
import * as losses from '../../losses/index.ts';
import * as metrics from '../../metrics/index.ts';
import { type OptimizerDescription, optimizerFromConfig } from '../../optimizers/config.ts';
import type { Optimizer } from '../../optimizers/optimizer.ts';
import { AntlerDataError } from '../../util/errors.ts';
import type { CompileOptions } from '../compiled.ts';
import { ownLossName } from './loss-names.ts';

type Factories = Readonly<Record<string, (options: never) => unknown>>;

const LOSSES: Factories = losses;
const METRICS: Factories = metrics;

/** Options of Keras's optimizers that ours do not have, since they change nothing here. */
const OPTIMIZER_ONLY_THEIRS: ReadonlySet<string> = new Set([
  'name',
  'loss_scale_factor',
  'jit_compile',
  'is_legacy_optimizer',
]);

/**
 * How a model is trained, from what Keras has written.
 * @throws AntlerDataError for losses, metrics and optimizers that we lack
 */
export function compileFromKeras(config: JsonObject, where: string): CompileOptions {
  const { optimizer, loss = null, loss_weights: lossWeights, metrics: measured } = config;
  const place = `${where}, compile_config`;
  return {
    optimizer: optimizerFromKeras(optimizer ?? null, place),
    loss: mapPerOutput(loss, (one) => lossFromKeras(one, place)) as CompileOptions['loss'],
    ...(lossWeights == null
      ? {}
      : { lossWeights: lossWeights as NonNullable<CompileOptions['lossWeights']> }),
    ...(measured == null ? {} : { metrics: metricsFromKeras(measured, place) }),
  };
}

function optimizerFromKeras(value: Json, where: string): Optimizer {
  if (typeof value === 'string') return optimizerFromConfig({ className: value, config: {} });
  return optimizerFromConfig(describe(value, where));
}

function describe(value: Json, where: string): OptimizerDescription {
  if (!isKerasObject(value) || !isJsonObject(value.config)) throw unknown(where, 'an optimizer', value);
  const kept = Object.entries(value.config).filter(([name]) => !OPTIMIZER_ONLY_THEIRS.has(name));
  const options = kept.map(([name, option]) => [
    ownKey(name),
    isKerasObject(option) ? describe(option, where) : option,
  ]);
  return { className: value.class_name, config: Object.fromEntries(options) };
}

function lossFromKeras(value: Json, where: string): unknown {
  if (value === null) return null;
  const name = nameOf(value);
  const own = name === undefined ? undefined : ownLossName(name);
  if (own === undefined || !Object.hasOwn(losses, own)) throw unknown(where, 'a loss', value);
  if (!isKerasObject(value) || !isJsonObject(value.config)) return own;
  const options = Object.entries(value.config)
    .filter(([key]) => key !== 'name' && key !== 'dtype')
    .map(([key, option]) => [ownKey(key), key === 'reduction' ? ownKey(String(option)) : option]);
  return LOSSES[own]?.(Object.fromEntries(options) as never);
}

function metricsFromKeras(value: Json, where: string): NonNullable<CompileOptions['metrics']> {
  const list = mapPerOutput(value, (one) => metricFromKeras(one, where));
  return (typeof list === 'string' ? [list] : list) as NonNullable<CompileOptions['metrics']>;
}

function metricFromKeras(value: Json, where: string): unknown {
  const name = nameOf(value);
  const own = name === undefined ? undefined : ownLossName(name);
  if (own === 'accuracy' || (own !== undefined && Object.hasOwn(metrics, own) && !isKerasObject(value)))
    return own;
  if (own === undefined || !Object.hasOwn(metrics, own) || !isKerasObject(value))
    throw unknown(where, 'a metric', value);
  const config = isJsonObject(value.config) ? value.config : {};
  const options = Object.entries(config)
    .filter(([key]) => key !== 'dtype')
    .map(([key, option]) => [ownKey(key), option]);
  return METRICS[own]?.(Object.fromEntries(options) as never);
}

/** A name, or the class of an object; functions are written as objects whose configuration is their name. */
function nameOf(value: Json): string | undefined {
  if (typeof value === 'string') return value;
  if (!isKerasObject(value)) return undefined;
  return typeof value.config === 'string' ? value.config : value.class_name;
}

function mapPerOutput(value: Json, f: (one: Json) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item: Json) => mapPerOutput(item, f));
  if (isJsonObject(value) && !isKerasObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapPerOutput(item, f)]));
  }
  return f(value);
}

function unknown(where: string, expected: string, value: Json): AntlerDataError {
  const got = (nameOf(value) ?? JSON.stringify(value)).slice(0, 80);
  const fix = 'load it with { compile: false }, and compile it anew';
  return new AntlerDataError({ where, expected: `${expected} that Antler has`, got, fix });
}
