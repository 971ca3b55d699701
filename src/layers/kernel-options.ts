import type { ConstraintLike } from '../constraints/constraints.ts';
import type { InitializerLike } from '../initializers/resolve.ts';
import type { RegularizerLike } from '../regularizers/regularizers.ts';
import type { WeightOptions } from './layer-weights.ts';

/** What a kernel is drawn from, penalized for, and held to. */
export interface KernelOptions {
  readonly kernelInitializer: InitializerLike;
  readonly kernelRegularizer: RegularizerLike | null;
  readonly kernelConstraint: ConstraintLike | null;
}

/** The same of a bias. */
export interface BiasOptions {
  readonly biasInitializer: InitializerLike;
  readonly biasRegularizer: RegularizerLike | null;
  readonly biasConstraint: ConstraintLike | null;
}

export const KERNEL_DEFAULTS = {
  kernelInitializer: 'glorotUniform',
  kernelRegularizer: null,
  kernelConstraint: null,
} as const satisfies KernelOptions;

export const BIAS_DEFAULTS = {
  biasInitializer: 'zeros',
  biasRegularizer: null,
  biasConstraint: null,
} as const satisfies BiasOptions;

/** What the kernel obeys. */
export function ofKernel({ kernelRegularizer, kernelConstraint }: KernelOptions): WeightOptions {
  return { regularizer: kernelRegularizer, constraint: kernelConstraint };
}

/** What the bias obeys. */
export function ofBias({ biasRegularizer, biasConstraint }: BiasOptions): WeightOptions {
  return { regularizer: biasRegularizer, constraint: biasConstraint };
}
