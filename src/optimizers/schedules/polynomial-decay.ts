import { defineSchedule, requireSteps } from './schedule.ts';

/** Options of `polynomialDecay`. */
export interface PolynomialDecayConfig {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  /** The rate after `decaySteps`. Default 0.0001. */
  readonly endLearningRate: number;
  /** Default 1: a straight line. */
  readonly power: number;
  /** Begin again after `decaySteps`, each time with a decay over one more of them. Default false. */
  readonly cycle: boolean;
}

/**
 * endLearningRate + (initialLearningRate - endLearningRate) (1 - step / decaySteps)^power, then
 * `endLearningRate`. As Keras 3.
 */
export const polynomialDecay = defineSchedule<PolynomialDecayConfig, 'endLearningRate' | 'power' | 'cycle'>({
  className: 'PolynomialDecay',
  required: ['initialLearningRate', 'decaySteps'],
  defaults: { endLearningRate: 1e-4, power: 1, cycle: false },
  check: ({ decaySteps }, where) => requireSteps(decaySteps, 'decaySteps', where),
  rate: ({ initialLearningRate, decaySteps, endLearningRate, power, cycle }) => {
    return (step) => {
      const cycles = cycle ? Math.max(1, Math.ceil(step / decaySteps)) : 1;
      const progress = Math.min(1, step / (decaySteps * cycles));
      return endLearningRate + (initialLearningRate - endLearningRate) * (1 - progress) ** power;
    };
  },
});
