import { type ActivationLike, resolveActivation } from '../../activations/resolve.ts';
import { matmul } from '../../ops/linalg/linalg.ts';
import { add } from '../../ops/math/arithmetic.ts';
import { lastAxis } from '../batch-shape.ts';
import { defineLayer } from '../define-layer.ts';
import {
  BIAS_DEFAULTS,
  type BiasOptions,
  KERNEL_DEFAULTS,
  type KernelOptions,
  ofBias,
  ofKernel,
} from '../kernel-options.ts';
import { requireWhole } from '../requirements.ts';

/** Options of `dense`. */
export interface DenseConfig extends KernelOptions, BiasOptions {
  /** Outputs. */
  readonly units: number;
  readonly activation: ActivationLike;
  readonly useBias: boolean;
}

/** activation(x kernel + bias): [batch, ..., features] to [batch, ..., units]. As Keras 3. */
export const dense = defineLayer({
  type: 'Dense',
  required: ['units'],
  defaults: {
    activation: 'linear',
    useBias: true,
    ...KERNEL_DEFAULTS,
    ...BIAS_DEFAULTS,
  },
  input: '[batch, ..., features]',
  supportsMasking: true,
  check({ units, activation }: DenseConfig, where) {
    requireWhole(units, 'units', where);
    resolveActivation(activation, where);
  },
  build: (config: DenseConfig, input, weights) => ({
    kernel: weights.add(
      'kernel',
      [lastAxis(input), config.units],
      config.kernelInitializer,
      ofKernel(config),
    ),
    bias: config.useBias
      ? weights.add('bias', [config.units], config.biasInitializer, ofBias(config))
      : undefined,
  }),
  call({ config, kernel, bias }, x) {
    const y = matmul(x, kernel);
    return resolveActivation(config.activation, 'dense')(bias ? add(y, bias) : y);
  },
});
