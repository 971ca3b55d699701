import { AntlerDataError, AntlerValueError } from '../util/errors.ts';
import { unknownName } from '../util/suggest.ts';
import * as optimizers from './index.ts';
import type { Optimizer } from './optimizer.ts';
import { isNamed, type LearningRate } from './schedules/schedule.ts';
import * as schedules from './schedules.ts';

/** An optimizer or schedule as plain data: what kind it is, and the options that make an equal one. */
export interface OptimizerDescription {
  /** Keras's name of the class. */
  readonly className: string;
  readonly config: Readonly<Record<string, unknown>>;
}

type Maker = (config: never) => unknown;

const registered = new Map<string, Maker>();

/**
 * Makes a kind of optimizer known to `optimizerFromConfig` and to model files.
 * @param className as given to `defineOptimizer`
 * @param make from what `getConfig` gave
 */
export function registerOptimizer<Config>(className: string, make: (config: Config) => Optimizer): void {
  registered.set(className, make as Maker);
}

/**
 * An optimizer as plain data, with its present rate or schedule and without its state;
 * `optimizerFromConfig` makes an equal one of it.
 * @throws AntlerValueError if the schedule is a function of the user's, which data cannot hold
 */
export function optimizerToConfig(optimizer: Optimizer): OptimizerDescription {
  const { className } = optimizer;
  const { learningRate, ...config } = optimizer.getConfig();
  return { className, config: { learningRate: plainRate(learningRate, className), ...config } };
}

function plainRate(rate: LearningRate, where: string): unknown {
  if (typeof rate === 'number') return rate;
  if (isNamed(rate)) return { className: rate.className, config: rate.config };
  throw new AntlerValueError({
    where: `${where}, learningRate`,
    expected: 'a rate or a schedule of learningRateSchedules, to write it down',
    got: 'a function of your own',
  });
}

/**
 * Makes an optimizer of plain data, as `optimizerToConfig` gives it. Its state begins anew.
 * @throws AntlerValueError for a kind of optimizer or schedule it does not know, and for options that make no
 *   sense; AntlerDataError for data of another form
 */
export function optimizerFromConfig(description: OptimizerDescription): Optimizer {
  const { className, config } = requireDescription(description);
  const make = registered.get(className) ?? makerOf(className, 'an optimizer', optimizers);
  const { learningRate } = config;
  const isRate = learningRate === undefined || typeof learningRate === 'number';
  return make(
    (isRate ? config : { ...config, learningRate: scheduleFrom(learningRate) }) as never,
  ) as Optimizer;
}

function scheduleFrom(description: unknown): unknown {
  const { className, config } = requireDescription(description);
  return makerOf(className, 'a schedule of the learning rate', schedules)(config as never);
}

/** Class names of Keras differ from our factories only in the case of letters. */
function makerOf(className: string, kind: string, factories: object): Maker {
  const found = Object.entries(factories).find(([name]) => name.toLowerCase() === className.toLowerCase());
  if (found) return found[1] as Maker;
  const known = [...Object.keys(factories), ...(factories === optimizers ? registered.keys() : [])];
  throw unknownName({ where: 'optimizerFromConfig', kind, name: className, known });
}

function requireDescription(value: unknown): OptimizerDescription {
  if (isDescription(value)) return value;
  const got = value === null ? 'null' : typeof value;
  throw new AntlerDataError({ where: 'optimizerFromConfig', expected: '{ className, config }', got });
}

function isDescription(value: unknown): value is OptimizerDescription {
  if (typeof value !== 'object' || value === null || !('className' in value) || !('config' in value))
    return false;
  return typeof value.className === 'string' && typeof value.config === 'object' && value.config !== null;
}
