import { AntlerValueError, at } from '../util/errors.ts';

/**
 * A learning rate that depends on the number of updates made before: 0 for the first. Runs on the host, each
 * step.
 */
export type LearningRateSchedule = (step: number) => number;

/** A rate, or a schedule of it. */
export type LearningRate = number | LearningRateSchedule;

/** Options of `exponentialDecay`. */
export interface ExponentialDecayOptions {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  readonly decayRate: number;
  /** Decay in stairs of `decaySteps` instead of at every step. Default false. */
  readonly staircase?: boolean;
}

/** initialLearningRate * decayRate^(step / decaySteps). As Keras 3. */
export function exponentialDecay(options: ExponentialDecayOptions): LearningRateSchedule {
  const { initialLearningRate, decaySteps, decayRate, staircase = false } = options;
  requireSteps(decaySteps, 'decaySteps', 'exponentialDecay');
  return (step) => {
    const progress = step / decaySteps;
    return initialLearningRate * decayRate ** (staircase ? Math.floor(progress) : progress);
  };
}

/** Options of `cosineDecay`. */
export interface CosineDecayOptions {
  readonly initialLearningRate: number;
  readonly decaySteps: number;
  /** The lowest rate, as a part of the highest. Default 0. */
  readonly alpha?: number;
  /** Where a linear warm-up from `initialLearningRate` ends; without it there is none. */
  readonly warmupTarget?: number;
  readonly warmupSteps?: number;
}

/**
 * Half a cosine wave down to `alpha` over `decaySteps` (Loshchilov and Hutter 2016), after an optional
 * warm-up. As Keras 3.
 */
export function cosineDecay(options: CosineDecayOptions): LearningRateSchedule {
  const { initialLearningRate, decaySteps, alpha = 0, warmupTarget, warmupSteps = 0 } = options;
  requireSteps(decaySteps, 'decaySteps', 'cosineDecay');
  const warmup = warmupTarget === undefined ? 0 : warmupSteps;
  const top = warmupTarget ?? initialLearningRate;
  return (step) => {
    if (step < warmup) return initialLearningRate + ((top - initialLearningRate) * step) / warmup;
    const progress = Math.min(step - warmup, decaySteps) / decaySteps;
    return top * ((1 - alpha) * 0.5 * (1 + Math.cos(Math.PI * progress)) + alpha);
  };
}

/** Options of `piecewiseConstant`. */
export interface PiecewiseConstantOptions {
  /** Last steps of all pieces but the last, increasing. */
  readonly boundaries: readonly number[];
  /** One rate more than boundaries. */
  readonly values: readonly number[];
}

/** values[i] up to and including step boundaries[i]. As Keras 3's PiecewiseConstantDecay. */
export function piecewiseConstant({ boundaries, values }: PiecewiseConstantOptions): LearningRateSchedule {
  const increasing = boundaries.every((boundary, i) => i === 0 || boundary > at(boundaries, i - 1));
  if (values.length !== boundaries.length + 1 || !increasing) {
    throw new AntlerValueError({
      where: 'piecewiseConstant',
      expected: 'increasing boundaries and one value more than boundaries',
      got: `${boundaries.length} boundaries [${boundaries.join(', ')}] and ${values.length} values`,
    });
  }
  return (step) => {
    const piece = boundaries.findIndex((boundary) => step <= boundary);
    return at(values, piece < 0 ? values.length - 1 : piece);
  };
}

/** Options of `oneCycle`. */
export interface OneCycleOptions {
  /** The highest rate. */
  readonly maxLearningRate: number;
  /** Steps of the whole cycle. */
  readonly totalSteps: number;
  /** Part of the steps that climb. Default 0.3. */
  readonly climb?: number;
  /** maxLearningRate / first rate. Default 25. */
  readonly startFactor?: number;
  /** First rate / last rate. Default 10,000. */
  readonly endFactor?: number;
}

/**
 * One climb and one descent, both half cosine waves (Smith and Topin 2017, in the form and with the defaults
 * of PyTorch's OneCycleLR).
 */
export function oneCycle(options: OneCycleOptions): LearningRateSchedule {
  const { maxLearningRate, totalSteps, climb = 0.3, startFactor = 25, endFactor = 1e4 } = options;
  requireSteps(totalSteps, 'totalSteps', 'oneCycle');
  const first = maxLearningRate / startFactor;
  const peak = climb * totalSteps - 1;
  return (step) => {
    if (step <= peak) return cosineBetween(first, maxLearningRate, step / peak);
    const descent = Math.min(1, (step - peak) / (totalSteps - 1 - peak));
    return cosineBetween(maxLearningRate, first / endFactor, descent);
  };
}

/** From `start` at progress 0 to `end` at 1 along half a cosine wave. */
function cosineBetween(start: number, end: number, progress: number): number {
  return end + ((start - end) / 2) * (1 + Math.cos(Math.PI * progress));
}

function requireSteps(steps: number, option: string, where: string): void {
  if (Number.isFinite(steps) && steps > 0) return;
  throw new AntlerValueError({ where, expected: `${option} > 0`, got: `${steps}` });
}
