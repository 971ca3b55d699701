import type { Json, JsonObject } from '../../io/keras/keras-object.ts';
import { kerasKey } from '../../layers/keras-keys.ts';
import type { Loss } from '../../losses/loss.ts';
import type { LossLike } from '../../losses/resolve.ts';
import { optimizerToConfig } from '../../optimizers/config.ts';
import type { Optimizer } from '../../optimizers/optimizer.ts';
import type { CompileOptions } from '../compiled.ts';
import { kerasLossClass, kerasLossName } from './loss-names.ts';

/** An option of ours that Keras's optimizers take by a method only, and forget when they are saved. */
const EXCLUDED = 'excludeFromWeightDecay';

/** Loss, optimizer and metrics of a model. */
export interface TrainingSetup {
  readonly options: CompileOptions;
  readonly optimizer: Optimizer;
}

/**
 * How a model is trained, as Keras writes it; undefined if data cannot hold it all: functions of the user's, and metrics
 * that are not given by name.
 */
export function compileToKeras({ options, optimizer }: TrainingSetup): JsonObject | undefined {
  const { loss, lossWeights = null, metrics = [] } = options;
  if (!areNames(metrics) || !isWritable(optimizer)) return undefined;
  return {
    optimizer: optimizerToKeras(optimizer),
    loss: mapPerOutput(loss, lossToKeras),
    loss_weights: lossWeights as Json,
    metrics: mapPerOutput(metrics, (name) => kerasKey(name as string)),
    weighted_metrics: null,
    run_eagerly: false,
    steps_per_execution: 1,
    jit_compile: false,
  };
}

/** Keras writes numbers of options apart: `beta1` is `beta_1`. */
function optimizerKey(name: string): string {
  return kerasKey(name.replace(/^(beta|epsilon)(\d)/, '$1_$2'));
}

function optimizerToKeras(optimizer: Optimizer): JsonObject {
  const { className, config } = optimizerToConfig(optimizer);
  const options = Object.entries(config)
    .filter(([name]) => name !== EXCLUDED)
    .map(([name, value]) => [optimizerKey(name), optimizerValue(value)]);
  return object('keras.optimizers', className, Object.fromEntries(options));
}

function optimizerValue(value: unknown): Json {
  if (typeof value !== 'object' || value === null || !('className' in value)) return value as Json;
  const { className, config } = value as { readonly className: string; readonly config: object };
  const options = Object.entries(config).map(([name, option]) => [kerasKey(name), option]);
  return object('keras.optimizers.schedules', className, Object.fromEntries(options));
}

function lossToKeras(loss: unknown): Json {
  if (loss === null) return null;
  if (typeof loss === 'string') return kerasLossName(loss);
  const { name, config } = loss as Loss;
  const options = Object.entries(config).map(([key, value]) => [
    kerasKey(key),
    key === 'reduction' ? kerasKey(String(value)) : value,
  ]);
  return object('keras.losses', kerasLossClass(name), {
    name: kerasLossName(name),
    ...Object.fromEntries(options),
  });
}

/** Applies a function to what stands for one output: alone, in a list, or by name. */
function mapPerOutput(value: unknown, f: (one: unknown) => Json): Json {
  if (Array.isArray(value)) return value.map((item) => mapPerOutput(item, f));
  if (isByName(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapPerOutput(item, f)]));
  }
  return f(value);
}

function isByName(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' && value !== null && !('perExample' in (value as Partial<LossLike & object>))
  );
}

function areNames(metrics: unknown): boolean {
  if (typeof metrics === 'string') return true;
  if (Array.isArray(metrics)) return metrics.every(areNames);
  return (
    typeof metrics === 'object' &&
    metrics !== null &&
    !('update' in metrics) &&
    Object.values(metrics).every(areNames)
  );
}

function isWritable(optimizer: Optimizer): boolean {
  const { learningRate, [EXCLUDED]: excluded } = optimizer.getConfig();
  if (excluded.length > 0) return false;
  return typeof learningRate === 'number' || 'className' in learningRate;
}

function object(module: string, className: string, config: JsonObject): JsonObject {
  return { module, class_name: className, config, registered_name: null };
}
