import { AntlerValueError } from '../../util/errors.ts';
import { requireKnownOptions } from '../../util/suggest.ts';

/**
 * A learning rate that depends on the number of steps made before: 0 for the first. Runs on the host, each
 * step.
 */
export type LearningRateSchedule = (step: number) => number;

/** A rate, or a schedule of it. */
export type LearningRate = number | LearningRateSchedule;

/** A schedule that can be written down. */
export interface NamedSchedule extends LearningRateSchedule {
  /** Keras's name of the class. */
  readonly className: string;
  /** Options that make an equal one. */
  readonly config: object;
}

interface ScheduleDefinition<Config extends object, Optional extends keyof Config> {
  readonly className: string;
  /** Names of the options that must be given. */
  readonly required: readonly Exclude<keyof Config & string, Optional>[];
  readonly defaults: Pick<Config, Optional>;
  /** Throws an AntlerValueError for a configuration that makes no sense. */
  check(config: Config, where: string): void;
  rate(config: Config): LearningRateSchedule;
}

/** Makes the factory of a schedule. */
export function defineSchedule<Config extends object, Optional extends keyof Config = never>(
  definition: ScheduleDefinition<Config, Optional>,
): (options: Omit<Config, Optional> & Partial<Pick<Config, Optional>>) => NamedSchedule {
  const { className, required, defaults } = definition;
  return (options) => {
    requireKnownOptions(options, [...required, ...Object.keys(defaults)], className);
    for (const name of required) {
      if (name in options) continue;
      throw new AntlerValueError({ where: className, expected: `the option ${name}`, got: 'none' });
    }
    const config = { ...defaults, ...options } as Config;
    definition.check(config, className);
    const rate = definition.rate(config);
    return Object.assign((step: number) => rate(step), { className, config });
  };
}

/** Whether a schedule can be written down. */
export function isNamed(schedule: LearningRateSchedule): schedule is NamedSchedule {
  return 'className' in schedule && 'config' in schedule;
}

/** @throws AntlerValueError unless the option, a number of steps, is positive */
export function requireSteps(steps: number, option: string, where: string): void {
  if (Number.isFinite(steps) && steps > 0) return;
  throw new AntlerValueError({ where, expected: `${option} > 0`, got: `${steps}` });
}
