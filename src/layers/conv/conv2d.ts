import { type ActivationLike, resolveActivation } from '../../activations/resolve.ts';
import type { InitializerLike } from '../../initializers/resolve.ts';
import { add } from '../../ops/arithmetic.ts';
import { conv2d as convolve } from '../../ops/conv.ts';
import type { RegularizerLike } from '../../regularizers/regularizers.ts';
import { AntlerShapeError, AntlerValueError } from '../../util/errors.ts';
import { type BatchShape, formatBatchShape, lastAxis } from '../batch-shape.ts';
import { defineLayer } from '../define-layer.ts';
import { requirePadding, requirePair, requireWhole } from '../requirements.ts';
import { asPair, type Padding, type Pair } from '../window.ts';

/** Options of `conv2d`. */
export interface Conv2dConfig {
  /** Outputs at each position. */
  readonly filters: number;
  /** Height and width of the window, in pixels. */
  readonly kernelSize: Pair;
  readonly strides: Pair;
  /** `valid`: windows inside the image only; `same`: output as large as the input over the strides. */
  readonly padding: Padding;
  readonly dilationRate: Pair;
  /** Channels and filters are split into as many groups that do not see each other. */
  readonly groups: number;
  readonly activation: ActivationLike;
  readonly useBias: boolean;
  readonly kernelInitializer: InitializerLike;
  readonly biasInitializer: InitializerLike;
  readonly kernelRegularizer: RegularizerLike | null;
  readonly biasRegularizer: RegularizerLike | null;
}

/**
 * activation(convolution(x, kernel) + bias): [batch, height, width, channels] to [batch, height', width',
 * filters]. As Keras 3.
 */
export const conv2d = defineLayer({
  type: 'Conv2D',
  required: ['filters', 'kernelSize'],
  defaults: {
    strides: 1,
    padding: 'valid',
    dilationRate: 1,
    groups: 1,
    activation: 'linear',
    useBias: true,
    kernelInitializer: 'glorotUniform',
    biasInitializer: 'zeros',
    kernelRegularizer: null,
    biasRegularizer: null,
  },
  input: '[batch, height, width, channels]',
  check: requireConvolution,
  build(config: Conv2dConfig, input, weights) {
    const { filters, groups, useBias, kernelInitializer, biasInitializer } = config;
    const kernelShape = [...asPair(config.kernelSize), channelsOfGroup(input, groups), filters];
    const kernel = weights.add('kernel', kernelShape, kernelInitializer, {
      regularizer: config.kernelRegularizer,
    });
    const bias = useBias
      ? weights.add('bias', [filters], biasInitializer, { regularizer: config.biasRegularizer })
      : undefined;
    return { kernel, bias };
  },
  call({ config: { strides, padding, dilationRate, groups, activation }, kernel, bias }, x) {
    const y = convolve(x, kernel, {
      strides: asPair(strides),
      padding,
      dilationRate: asPair(dilationRate),
      groups,
    });
    return resolveActivation(activation, 'conv2d')(bias ? add(y, bias) : y);
  },
});

function requireConvolution(config: Conv2dConfig, where: string): void {
  const { filters, groups, strides, dilationRate } = config;
  requireWhole(filters, 'filters', where);
  requireWhole(groups, 'groups', where);
  requirePair(config.kernelSize, 'kernelSize', where);
  requirePair(strides, 'strides', where);
  requirePair(dilationRate, 'dilationRate', where);
  requirePadding(config.padding, where);
  resolveActivation(config.activation, where);
  if (filters % groups !== 0) {
    throw new AntlerValueError({
      where,
      expected: `filters that ${groups} groups share evenly`,
      got: `${filters}`,
    });
  }
}

function channelsOfGroup(input: BatchShape, groups: number): number {
  const channels = lastAxis(input);
  if (channels % groups === 0) return channels / groups;
  throw new AntlerShapeError({
    where: 'input',
    expected: `channels that ${groups} groups share evenly`,
    got: formatBatchShape(input),
  });
}
