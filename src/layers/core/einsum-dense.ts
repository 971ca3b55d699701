import { type ActivationLike, resolveActivation } from '../../activations/resolve.ts';
import { einsum } from '../../ops/linalg/einsum.ts';
import { add } from '../../ops/math/arithmetic.ts';
import { defineLayer } from '../define-layer.ts';
import {
  BIAS_DEFAULTS,
  type BiasOptions,
  KERNEL_DEFAULTS,
  type KernelOptions,
  ofBias,
  ofKernel,
} from '../kernel-options.ts';
import { parseEquation, weightShapes } from './einsum-shapes.ts';

/** Options of `einsumDense`. */
export interface EinsumDenseConfig extends KernelOptions, BiasOptions {
  /** Of the input and the kernel: `ab,bc->ac`, `...ab,bc->...ac` or `ab...,bc->ac...`; a letter is an axis. */
  readonly equation: string;
  /** Extents of the result behind the batch, without the axes that dots stand for; null where the input's. */
  readonly outputShape: number | readonly (number | null)[];
  readonly activation: ActivationLike;
  /** Letters of the result that the bias has; null (default) for no bias. */
  readonly biasAxes: string | null;
}

/**
 * activation(einsum(equation, x, kernel) + bias): a dense layer between any axes. `ab,bc->ac` with outputShape
 * [units] is `dense`. As Keras 3.
 */
export const einsumDense = defineLayer({
  type: 'EinsumDense',
  required: ['equation', 'outputShape'],
  defaults: {
    activation: 'linear',
    biasAxes: null,
    ...KERNEL_DEFAULTS,
    ...BIAS_DEFAULTS,
  },
  featureAxes: () => [], // the equation checks them, wherever they are
  check({ equation, activation }: EinsumDenseConfig, where) {
    parseEquation(equation, where);
    resolveActivation(activation, where);
  },
  build(config: EinsumDenseConfig, input, weights) {
    const { kernel, fanAxes, bias } = weightShapes(config, input);
    return {
      kernel: weights.add('kernel', kernel, config.kernelInitializer, { ...ofKernel(config), fanAxes }),
      bias: bias && weights.add('bias', bias, config.biasInitializer, ofBias(config)),
    };
  },
  call({ config, kernel, bias }, x) {
    const y = einsum(config.equation, x, kernel);
    return resolveActivation(config.activation, 'einsumDense')(bias ? add(y, bias) : y);
  },
});
