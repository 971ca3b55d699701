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

interface Kind {
  readonly name: string;
  is(value: unknown): boolean;
}

const NUMBER: Kind = { name: 'a finite number', is: (value) => Number.isFinite(value) };

const KINDS: readonly Kind[] = [
  NUMBER,
  { name: 'true or false', is: (value) => typeof value === 'boolean' },
  {
    name: 'a list of texts',
    is: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  },
];

/** Numbers that may be null, whatever their default. */
const NULLABLE: ReadonlySet<string> = new Set(['weightDecay', 'adamWeightDecay', 'rmsRate']);

/**
 * @param defaults whose numbers, switches and lists of texts the options must be too
 * @throws AntlerValueError for options of another kind, and for common ones that make no sense
 */
export function checkOptions(config: OptimizerConfig, defaults: OptimizerConfig, where: string): void {
  const { learningRate: _rate, ...others } = defaults;
  for (const [name, fallback] of Object.entries(others)) {
    const kind = KINDS.find(({ is }) => is(fallback)) ?? (NULLABLE.has(name) ? NUMBER : undefined);
    const value: unknown = config[name as keyof OptimizerConfig];
    if (!kind || kind.is(value) || (value === null && NULLABLE.has(name))) continue;
    throw new AntlerValueError({
      where,
      expected: `${name}, ${kind.name}`,
      got: JSON.stringify(value) ?? 'none',
    });
  }
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
