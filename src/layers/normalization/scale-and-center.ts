import type { ConstraintLike } from '../../constraints/constraints.ts';
import type { InitializerLike } from '../../initializers/resolve.ts';
import type { RegularizerLike } from '../../regularizers/regularizers.ts';
import type { Variable } from '../../tensor/variable.ts';
import { AntlerValueError } from '../../util/errors.ts';
import type { Shape } from '../../util/shapes.ts';
import type { WeightFactory } from '../layer-weights.ts';

/** What follows a normalization: a factor `gamma` and a summand `beta` that are learnt. */
export interface ScaleAndCenterConfig {
  /** Added to the variance. Default 0.001. */
  readonly epsilon: number;
  /** Whether to add `beta`. Default true. */
  readonly center: boolean;
  /** Whether to multiply by `gamma`. Default true. */
  readonly scale: boolean;
  readonly betaInitializer: InitializerLike;
  readonly gammaInitializer: InitializerLike;
  readonly betaRegularizer: RegularizerLike | null;
  readonly gammaRegularizer: RegularizerLike | null;
  readonly betaConstraint: ConstraintLike | null;
  readonly gammaConstraint: ConstraintLike | null;
}

/** What is taken where nothing is said. */
export const SCALE_AND_CENTER_DEFAULTS = {
  epsilon: 0.001,
  center: true,
  scale: true,
  betaInitializer: 'zeros',
  gammaInitializer: 'ones',
  betaRegularizer: null,
  gammaRegularizer: null,
  betaConstraint: null,
  gammaConstraint: null,
} as const;

/** The two weights, in Keras's order. */
export function addScaleAndCenter(
  weights: WeightFactory,
  shape: Shape,
  config: ScaleAndCenterConfig,
): { readonly gamma: Variable | undefined; readonly beta: Variable | undefined } {
  const { gammaRegularizer, gammaConstraint, betaRegularizer, betaConstraint } = config;
  const gamma = { regularizer: gammaRegularizer, constraint: gammaConstraint };
  const beta = { regularizer: betaRegularizer, constraint: betaConstraint };
  return {
    gamma: config.scale ? weights.add('gamma', shape, config.gammaInitializer, gamma) : undefined,
    beta: config.center ? weights.add('beta', shape, config.betaInitializer, beta) : undefined,
  };
}

/** @throws AntlerValueError unless epsilon is no less than 0 */
export function requireEpsilon(epsilon: number, where: string): void {
  if (epsilon >= 0) return;
  throw new AntlerValueError({ where, expected: 'epsilon >= 0', got: `${epsilon}` });
}
