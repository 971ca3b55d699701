import { AntlerValueError } from '../util/errors.ts';

/** One thing to choose: a map between its values and the unit interval, on which searches work. */
export interface Parameter<T extends ParameterValue = ParameterValue> {
  /** Says which values there are; two parameters with the same words are the same. */
  readonly description: string;
  /** Whether nearby places in the unit interval are nearby values; false for a choice. */
  readonly isOrdered: boolean;
  /** How many values there are; infinite for real numbers. */
  readonly size: number;
  /** The value at a place in [0, 1). */
  at(place: number): T;
  /** The middle of the places that give this value. */
  placeOf(value: T): number;
}

export type ParameterValue = number | string | boolean;

/** The parameters of a search by name. */
export type SearchSpace = Readonly<Record<string, Parameter>>;

/** One value for every parameter of a space. */
export type ValuesOf<S extends SearchSpace> = {
  readonly [K in keyof S]: S[K] extends Parameter<infer T> ? T : never;
};

export interface RangeOptions {
  readonly min: number;
  readonly max: number;
}

/** A real number, each equally likely. @throws AntlerValueError unless min < max */
export function uniform({ min, max }: RangeOptions): Parameter<number> {
  requireRange('uniform', min, max);
  return {
    description: `uniform ${min} .. ${max}`,
    isOrdered: true,
    size: Number.POSITIVE_INFINITY,
    at: (place) => min + place * (max - min),
    placeOf: (value) => (value - min) / (max - min),
  };
}

/**
 * A positive real number whose logarithm is uniform: for learning rates and everything else whose order of
 * magnitude is unknown.
 * @throws AntlerValueError unless 0 < min < max
 */
export function logUniform({ min, max }: RangeOptions): Parameter<number> {
  requireRange('logUniform', min, max);
  requirePositive('logUniform', min);
  const span = Math.log(max / min);
  return {
    description: `log uniform ${min} .. ${max}`,
    isOrdered: true,
    size: Number.POSITIVE_INFINITY,
    at: (place) => min * Math.exp(place * span),
    placeOf: (value) => Math.log(value / min) / span,
  };
}

/** A whole number from `min` to `max`, both included. @throws AntlerValueError unless both are whole and min <= max */
export function integer({ min, max }: RangeOptions): Parameter<number> {
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || min > max) {
    const expected = 'whole numbers with min <= max';
    throw new AntlerValueError({ where: 'integer', expected, got: `${min} .. ${max}` });
  }
  const size = max - min + 1;
  return {
    description: `integer ${min} .. ${max}`,
    isOrdered: true,
    size,
    at: (place) => min + Math.floor(place * size),
    placeOf: (value) => (value - min + 0.5) / size,
  };
}

/** One of the values listed. @throws AntlerValueError if there are none, or one twice */
export function choice<const T extends ParameterValue>(values: readonly T[]): Parameter<T> {
  if (values.length === 0 || new Set(values).size < values.length) {
    const expected = 'at least one value, each once';
    throw new AntlerValueError({ where: 'choice', expected, got: `[${values.join(', ')}]` });
  }
  return {
    description: `one of ${JSON.stringify(values)}`,
    isOrdered: values.every((value) => typeof value === 'number'),
    size: values.length,
    at: (place) => values[Math.floor(place * values.length)] as T, // place < 1
    placeOf: (value) => (values.indexOf(value) + 0.5) / values.length,
  };
}

/** A space in words, to tell whether a search that goes on is the same. */
export function describeSpace(space: SearchSpace): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(space).map(([name, { description }]) => [name, description]));
}

function requireRange(where: string, min: number, max: number): void {
  if (Number.isFinite(min) && Number.isFinite(max) && min < max) return;
  throw new AntlerValueError({ where, expected: 'finite numbers with min < max', got: `${min} .. ${max}` });
}

function requirePositive(where: string, min: number): void {
  if (min > 0) return;
  throw new AntlerValueError({ where, expected: 'min > 0', got: `${min}`, fix: 'use uniform' });
}
