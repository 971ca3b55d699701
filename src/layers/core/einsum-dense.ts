import { type ActivationLike, resolveActivation } from '../../activations/resolve.ts';
import type { ConstraintLike } from '../../constraints/constraints.ts';
import type { InitializerLike } from '../../initializers/resolve.ts';
import { einsum } from '../../ops/linalg/einsum.ts';
import { add } from '../../ops/math/arithmetic.ts';
import type { RegularizerLike } from '../../regularizers/regularizers.ts';
import type { Shape } from '../../util/shapes.ts';
import { defineLayer } from '../define-layer.ts';
import { parseEquation, weightShapes } from './einsum-shapes.ts';

/** Options of `einsumDense`. */
export interface EinsumDenseConfig {
  /** Of the input and the kernel: `ab,bc->ac`, `...ab,bc->...ac` or `ab...,bc->ac...`; a letter is an axis. */
  readonly equation: string;
  /** Extents of the result behind the batch, without the axes that dots stand for; null where the input's. */
  readonly outputShape: number | readonly (number | null)[];
  readonly activation: ActivationLike;
  /** Letters of the result that the bias has; null (default) for no bias. */
  readonly biasAxes: string | null;
  readonly kernelInitializer: InitializerLike;
  readonly biasInitializer: InitializerLike;
  readonly kernelRegularizer: RegularizerLike | null;
  readonly biasRegularizer: RegularizerLike | null;
  readonly kernelConstraint: ConstraintLike | null;
  readonly biasConstraint: ConstraintLike | null;
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
    kernelInitializer: 'glorotUniform',
    biasInitializer: 'zeros',
    kernelRegularizer: null,
    biasRegularizer: null,
    kernelConstraint: null,
    biasConstraint: null,
  },
  featureAxes: () => [], // the equation checks them, wherever they are
  check({ equation, activation }: EinsumDenseConfig, where) {
    parseEquation(equation, where);
    resolveActivation(activation, where);
  },
  build(config: EinsumDenseConfig, input, weights) {
    const { kernel, fanAxes, bias } = weightShapes(config, input);
    const { kernelRegularizer, kernelConstraint, biasRegularizer, biasConstraint } = config;
    const addBias = (shape: Shape) =>
      weights.add('bias', shape, config.biasInitializer, {
        regularizer: biasRegularizer,
        constraint: biasConstraint,
      });
    return {
      kernel: weights.add('kernel', kernel, config.kernelInitializer, {
        fanAxes,
        regularizer: kernelRegularizer,
        constraint: kernelConstraint,
      }),
      bias: bias && addBias(bias),
    };
  },
  call({ config, kernel, bias }, x) {
    const y = einsum(config.equation, x, kernel);
    return resolveActivation(config.activation, 'einsumDense')(bias ? add(y, bias) : y);
  },
});
