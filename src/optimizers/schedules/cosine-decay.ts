import { AntlerValueError } from '../../util/errors.ts';
import { defineSchedule, requireSteps } from './schedule.ts';

/** Options of `cosineDecay`. */
export interface CosineDecayConfig {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  /** The lowest rate, as a part of the highest. Default 0. */
  readonly alpha: number;
  /** Where a linear warm-up from `initialLearningRate` ends. Default null: no warm-up. */
  readonly warmupTarget: number | null;
  /** Default 0. */
  readonly warmupSteps: number;
}

/**
 * Half a cosine wave down to `alpha` over `decaySteps` (Loshchilov and Hutter 2016), after an optional
 * warm-up. As Keras 3.
 */
export const cosineDecay = defineSchedule<CosineDecayConfig, 'alpha' | 'warmupTarget' | 'warmupSteps'>({
  className: 'CosineDecay',
  required: ['initialLearningRate', 'decaySteps'],
  defaults: { alpha: 0, warmupTarget: null, warmupSteps: 0 },
  check: ({ decaySteps }, where) => requireSteps(decaySteps, 'decaySteps', where),
  rate: ({ initialLearningRate, decaySteps, alpha, warmupTarget, warmupSteps }) => {
    const warmup = warmupTarget === null ? 0 : warmupSteps;
    const top = warmupTarget ?? initialLearningRate;
    return (step) => {
      if (step < warmup) return initialLearningRate + ((top - initialLearningRate) * step) / warmup;
      const progress = Math.min(step - warmup, decaySteps) / decaySteps;
      return top * ((1 - alpha) * halfCosine(progress) + alpha);
    };
  },
});

/** Options of `cosineDecayRestarts`. */
export interface CosineDecayRestartsConfig {
  readonly initialLearningRate: number;
  /** Steps of the first wave. */
  readonly firstDecaySteps: number;
  /** Length of a wave in lengths of the one before, at least 1. Default 2. */
  readonly tMul: number;
  /** Height of a wave in heights of the one before. Default 1. */
  readonly mMul: number;
  /** The lowest rate, as a part of `initialLearningRate`. Default 0. */
  readonly alpha: number;
}

/** Half cosine waves one after the other: SGDR (Loshchilov and Hutter 2016). As Keras 3. */
export const cosineDecayRestarts = defineSchedule<CosineDecayRestartsConfig, 'tMul' | 'mMul' | 'alpha'>({
  className: 'CosineDecayRestarts',
  required: ['initialLearningRate', 'firstDecaySteps'],
  defaults: { tMul: 2, mMul: 1, alpha: 0 },
  check({ firstDecaySteps, tMul }, where) {
    requireSteps(firstDecaySteps, 'firstDecaySteps', where);
    // shrinking waves would all be over after finitely many steps
    if (!(tMul >= 1)) throw new AntlerValueError({ where, expected: 'tMul >= 1', got: `${tMul}` });
  },
  rate: ({ initialLearningRate, firstDecaySteps, tMul, mMul, alpha }) => {
    return (step) => {
      const { restarts, progress } = waveAt(step / firstDecaySteps, tMul);
      return initialLearningRate * ((1 - alpha) * mMul ** restarts * halfCosine(progress) + alpha);
    };
  },
});

/** The wave at a time in lengths of the first one, and how far through it that is. */
function waveAt(time: number, tMul: number): { restarts: number; progress: number } {
  if (tMul === 1) return { restarts: Math.floor(time), progress: time - Math.floor(time) };
  let [restarts, start, length] = [0, 0, 1];
  while (time >= start + length) {
    start += length;
    length *= tMul;
    restarts++;
  }
  return { restarts, progress: (time - start) / length };
}

/** From 1 at progress 0 to 0 at 1 along half a cosine wave. */
export function halfCosine(progress: number): number {
  return (1 + Math.cos(Math.PI * progress)) / 2;
}
