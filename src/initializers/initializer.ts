import type { Tensor } from '../tensor/tensor.ts';
import type { DType } from '../util/dtypes.ts';
import { AntlerValueError } from '../util/errors.ts';
import type { Shape } from '../util/shapes.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import type { FanAxes } from './fans.ts';

/** What a first value is drawn for. */
export interface InitializerContext {
  readonly dtype: DType;
  /** int32 [2]: the stream of this weight. */
  readonly key: Tensor;
  /** The axes of inputs and outputs, if they are not the usual ones. */
  readonly fanAxes?: FanAxes | undefined;
}

/** A rule for the first value of a weight. */
export interface Initializer {
  /** Keras's name of the class. */
  readonly className: string;
  readonly config: object;
  /** A tensor of `shape`; the same key gives the same values. */
  sample(shape: Shape, context: InitializerContext): Tensor;
}

interface InitializerDefinition<Config extends object> {
  readonly className: string;
  readonly defaults: Config;
  /** Throws an AntlerValueError for a configuration that makes no sense. */
  check?(config: Config): void;
  sample(config: Config, shape: Shape, context: InitializerContext): Tensor;
}

/** Makes the factory of a kind of initializer from its definition. */
export function defineInitializer<Config extends object>(
  definition: InitializerDefinition<Config>,
): (options?: Partial<Config>) => Initializer {
  const { className, defaults, check, sample } = definition;
  return (options = {}) => {
    requireKnownOptions(options, Object.keys(defaults), className);
    const config = { ...defaults, ...options };
    check?.(config);
    return { className, config, sample: (shape, context) => sample(config, shape, context) };
  };
}

/** @throws AntlerValueError unless the number is positive */
export function requirePositive(value: number, option: string, where: string): void {
  if (value > 0 && Number.isFinite(value)) return;
  throw new AntlerValueError({ where, expected: `${option} > 0`, got: `${value}` });
}
