import { type ActivationLike, resolveActivation } from '../../activations/resolve.ts';
import type { ConstraintLike } from '../../constraints/constraints.ts';
import type { InitializerLike } from '../../initializers/resolve.ts';
import { matmul } from '../../ops/linalg/linalg.ts';
import { add } from '../../ops/math/arithmetic.ts';
import type { RegularizerLike } from '../../regularizers/regularizers.ts';
import { lastAxis } from '../batch-shape.ts';
import { defineLayer } from '../define-layer.ts';
import { requireWhole } from '../requirements.ts';

/** Options of `dense`. */
export interface DenseConfig {
  /** Outputs. */
  readonly units: number;
  readonly activation: ActivationLike;
  readonly useBias: boolean;
  readonly kernelInitializer: InitializerLike;
  readonly biasInitializer: InitializerLike;
  readonly kernelRegularizer: RegularizerLike | null;
  readonly biasRegularizer: RegularizerLike | null;
  readonly kernelConstraint: ConstraintLike | null;
  readonly biasConstraint: ConstraintLike | null;
}

/** activation(x kernel + bias): [batch, ..., features] to [batch, ..., units]. As Keras 3. */
export const dense = defineLayer({
  type: 'Dense',
  required: ['units'],
  defaults: {
    activation: 'linear',
    useBias: true,
    kernelInitializer: 'glorotUniform',
    biasInitializer: 'zeros',
    kernelRegularizer: null,
    biasRegularizer: null,
    kernelConstraint: null,
    biasConstraint: null,
  },
  input: '[batch, ..., features]',
  supportsMasking: true,
  check({ units, activation }: DenseConfig, where) {
    requireWhole(units, 'units', where);
    resolveActivation(activation, where);
  },
  build: (config: DenseConfig, input, weights) => ({
    kernel: weights.add('kernel', [lastAxis(input), config.units], config.kernelInitializer, {
      regularizer: config.kernelRegularizer,
      constraint: config.kernelConstraint,
    }),
    bias: config.useBias
      ? weights.add('bias', [config.units], config.biasInitializer, {
          regularizer: config.biasRegularizer,
          constraint: config.biasConstraint,
        })
      : undefined,
  }),
  call({ config, kernel, bias }, x) {
    const y = matmul(x, kernel);
    return resolveActivation(config.activation, 'dense')(bias ? add(y, bias) : y);
  },
});
