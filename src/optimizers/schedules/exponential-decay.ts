import { defineSchedule, requireSteps } from './schedule.ts';

/** Options of `exponentialDecay` and `inverseTimeDecay`. */
export interface DecayConfig {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  readonly decayRate: number;
  /** Decay in stairs of `decaySteps` instead of at every step. Default false. */
  readonly staircase: boolean;
}

/** Steps in units of `decaySteps`. */
function progressOf(step: number, { decaySteps, staircase }: DecayConfig): number {
  const progress = step / decaySteps;
  return staircase ? Math.floor(progress) : progress;
}

/** initialLearningRate * decayRate^(step / decaySteps). As Keras 3. */
export const exponentialDecay = defineSchedule<DecayConfig, 'staircase'>({
  className: 'ExponentialDecay',
  required: ['initialLearningRate', 'decaySteps', 'decayRate'],
  defaults: { staircase: false },
  check: ({ decaySteps }, where) => requireSteps(decaySteps, 'decaySteps', where),
  rate: (config) => (step) => config.initialLearningRate * config.decayRate ** progressOf(step, config),
});

/** initialLearningRate / (1 + decayRate * step / decaySteps). As Keras 3. */
export const inverseTimeDecay = defineSchedule<DecayConfig, 'staircase'>({
  className: 'InverseTimeDecay',
  required: ['initialLearningRate', 'decaySteps', 'decayRate'],
  defaults: { staircase: false },
  check: ({ decaySteps }, where) => requireSteps(decaySteps, 'decaySteps', where),
  rate: (config) => (step) => config.initialLearningRate / (1 + config.decayRate * progressOf(step, config)),
});
