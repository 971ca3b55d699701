import type { Variable } from '../../tensor/variable.ts';
import type { Shape } from '../../util/shapes.ts';
import { type BatchShape, lastAxis } from '../batch-shape.ts';
import {
  BIAS_DEFAULTS,
  type BiasOptions,
  KERNEL_DEFAULTS,
  type KernelOptions,
  ofBias,
  ofKernel,
} from '../kernel-options.ts';
import type { WeightFactory } from '../layer-weights.ts';
import { requireRate, requireWhole } from '../requirements.ts';
import type { SeedGenerator } from '../seed-generator.ts';

/** Options that all layers with heads have. */
export interface HeadOptions extends KernelOptions, BiasOptions {
  /** Part of the scores that is dropped in training. Default 0. */
  readonly dropout: number;
  readonly useBias: boolean;
  /** Multiply what each head gives by a sigmoid of the query (Qiu et al. 2025). Default false. */
  readonly useGate: boolean;
  /** Only keys less than so many positions away count. Default null, all. */
  readonly slidingWindow: number | null;
}

export const HEAD_DEFAULTS = {
  dropout: 0,
  useBias: true,
  useGate: false,
  slidingWindow: null,
  ...KERNEL_DEFAULTS,
  ...BIAS_DEFAULTS,
} as const;

/** How many heads there are, and what they see. */
export interface HeadSizes {
  readonly queryHeads: number;
  readonly keyHeads: number;
  /** Features of a head's queries and keys. */
  readonly keyDim: number;
  /** Features of a head's values. */
  readonly valueDim: number;
  /** What takes the place of the features in the result; null for as many features as the query has. */
  readonly outputShape: Shape | null;
}

/** Kernels and biases of the linear maps in front of the heads and behind them, and the stream of the dropout. */
export interface HeadWeights {
  readonly queryKernel: Variable;
  readonly queryBias: Variable | undefined;
  readonly keyKernel: Variable;
  readonly keyBias: Variable | undefined;
  readonly gateKernel: Variable | undefined;
  readonly gateBias: Variable | undefined;
  readonly valueKernel: Variable;
  readonly valueBias: Variable | undefined;
  readonly outputKernel: Variable;
  readonly outputBias: Variable | undefined;
  readonly stream: SeedGenerator | undefined;
  readonly [name: string]: Variable | SeedGenerator | undefined;
}

/** Makes the weights for query, value, and key, in Keras's order. */
export function buildHeads(
  config: HeadOptions,
  { queryHeads, keyHeads, keyDim, valueDim, outputShape }: HeadSizes,
  { query, value, key }: { query: BatchShape; value: BatchShape; key: BatchShape },
  weights: WeightFactory,
): HeadWeights {
  const { kernelInitializer, biasInitializer } = config;
  const kernel = (name: string, shape: Shape) =>
    weights.add(`${name}/kernel`, shape, kernelInitializer, ofKernel(config));
  const bias = (name: string, shape: Shape) =>
    config.useBias ? weights.add(`${name}/bias`, shape, biasInitializer, ofBias(config)) : undefined;
  const output = outputShape ?? [lastAxis(query)];
  return {
    queryKernel: kernel('query', [lastAxis(query), queryHeads, keyDim]),
    queryBias: bias('query', [queryHeads, keyDim]),
    keyKernel: kernel('key', [lastAxis(key), keyHeads, keyDim]),
    keyBias: bias('key', [keyHeads, keyDim]),
    gateKernel: config.useGate ? kernel('gate', [lastAxis(query), queryHeads, valueDim]) : undefined,
    gateBias: config.useGate ? bias('gate', [queryHeads, valueDim]) : undefined,
    valueKernel: kernel('value', [lastAxis(value), keyHeads, valueDim]),
    valueBias: bias('value', [keyHeads, valueDim]),
    outputKernel: kernel('attention_output', [queryHeads, valueDim, ...output]),
    outputBias: bias('attention_output', output),
    stream: config.dropout > 0 ? weights.seedGenerator() : undefined,
  };
}

/** @throws AntlerValueError for options that make no sense */
export function checkHeads({ dropout, slidingWindow }: HeadOptions, where: string): void {
  requireRate(dropout, 'dropout', where);
  if (slidingWindow !== null) requireWhole(slidingWindow, 'slidingWindow', where);
}
