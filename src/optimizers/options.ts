import { AntlerValueError } from '../util/errors.ts';
import { type ClipOptions, checkClipping, NO_CLIPPING } from './clip.ts';
import type { LearningRate } from './schedules/schedule.ts';

/** Options that every optimizer has. As Keras 3. */
export interface OptimizerConfig extends ClipOptions {
  /** A rate, or a function of the step. */
  readonly learningRate: LearningRate;
  /** Before each update, w := w - learningRate * weightDecay * w. Default none, where not said otherwise. */
  readonly weightDecay: number | null;
  /** Variables whose names contain one of these texts are not decayed, `'bias'` for instance. Default []. */
  readonly excludeFromWeightDecay: readonly string[];
  /** Keep a moving average of each variable, which takes its place when training ends. Default false. */
  readonly useEma: boolean;
  /** average := emaMomentum average + (1 - emaMomentum) w, in [0, 1]. Default 0.99. */
  readonly emaMomentum: number;
  /** Number of updates after which variables become their averages, over and over. Default null: never. */
  readonly emaOverwriteFrequency: number | null;
  /** Number of steps, at least 2, whose mean gradient makes one update. Default null: 1. */
  readonly gradientAccumulationSteps: number | null;
}

/** Options of every optimizer at their defaults, for the definition of one. */
export const OPTIMIZER_DEFAULTS = {
  weightDecay: null,
  excludeFromWeightDecay: [],
  ...NO_CLIPPING,
  useEma: false,
  emaMomentum: 0.99,
  emaOverwriteFrequency: null,
  gradientAccumulationSteps: null,
};

/** @throws AntlerValueError for common options that make no sense */
export function checkOptions(config: OptimizerConfig, where: string): void {
  checkClipping(config, where);
  const { emaMomentum, emaOverwriteFrequency, gradientAccumulationSteps } = config;
  requireFraction(emaMomentum, 'emaMomentum', where);
  requireCount(emaOverwriteFrequency, 'emaOverwriteFrequency', 1, where);
  requireCount(gradientAccumulationSteps, 'gradientAccumulationSteps', 2, where);
}

/** @throws AntlerValueError unless the option is in [0, 1] */
export function requireFraction(value: number, option: string, where: string): void {
  if (value >= 0 && value <= 1) return;
  throw new AntlerValueError({ where, expected: `${option} in [0, 1]`, got: `${value}` });
}

function requireCount(value: number | null, option: string, least: number, where: string): void {
  if (value === null || (Number.isInteger(value) && value >= least)) return;
  throw new AntlerValueError({
    where,
    expected: `${option}, a whole number >= ${least} or null`,
    got: `${value}`,
  });
}
