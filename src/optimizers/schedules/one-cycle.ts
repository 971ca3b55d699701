import { halfCosine } from './cosine-decay.ts';
import { defineSchedule, requireSteps } from './schedule.ts';

/** Options of `oneCycle`. */
export interface OneCycleConfig {
  /** The highest rate. */
  readonly maxLearningRate: number;
  /** Steps of the whole cycle. */
  readonly totalSteps: number;
  /** Part of the steps that climb. Default 0.3. */
  readonly climb: number;
  /** maxLearningRate / first rate. Default 25. */
  readonly startFactor: number;
  /** First rate / last rate. Default 10,000. */
  readonly endFactor: number;
}

/**
 * One climb and one descent, both half cosine waves (Smith and Topin 2017, in the form and with the defaults
 * of PyTorch's OneCycleLR).
 */
export const oneCycle = defineSchedule<OneCycleConfig, 'climb' | 'startFactor' | 'endFactor'>({
  className: 'OneCycle',
  required: ['maxLearningRate', 'totalSteps'],
  defaults: { climb: 0.3, startFactor: 25, endFactor: 1e4 },
  check: ({ totalSteps }, where) => requireSteps(totalSteps, 'totalSteps', where),
  rate: ({ maxLearningRate, totalSteps, climb, startFactor, endFactor }) => {
    const first = maxLearningRate / startFactor;
    const last = first / endFactor;
    const peak = climb * totalSteps - 1;
    return (step) => {
      if (step <= peak) return maxLearningRate + (first - maxLearningRate) * halfCosine(step / peak);
      const descent = Math.min(1, (step - peak) / (totalSteps - 1 - peak));
      return last + (maxLearningRate - last) * halfCosine(descent);
    };
  },
});
