import { add, clip, div, maximum, mul } from '../ops/math/arithmetic.ts';
import { norm } from '../ops/reduce/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError } from '../util/errors.ts';
import { lookUp, requireKnownOptions } from '../util/suggest.ts';

/** A rule that a weight obeys after each update: weight [...] to weight [...]. */
export interface Constraint {
  /** Keras's name of the class. */
  readonly className: string;
  readonly config: Readonly<Record<string, number | readonly number[]>>;
  apply(weight: Tensor): Tensor;
}

/** The axes whose elements make up one norm: those of the inputs of one unit. */
export interface NormAxes {
  /** Default 0: the columns of a dense kernel. For kernels of `conv2d` [0, 1, 2]. */
  readonly axis?: number | readonly number[];
}

/** Added to norms that divide. */
const EPSILON = 1e-7;

/** The weight with its norms replaced by a function of them. */
function withNorms(weight: Tensor, axis: number | readonly number[], desired: (norms: Tensor) => Tensor) {
  const norms = norm(weight, { axis, keepDims: true });
  return mul(weight, div(desired(norms), add(norms, EPSILON)));
}

/** Scales down what has a norm above `maxValue`, default 2 (Srivastava 2014). As Keras 3. */
export function maxNorm(options: NormAxes & { readonly maxValue?: number } = {}): Constraint {
  requireKnownOptions(options, ['maxValue', 'axis'], 'MaxNorm');
  const { maxValue = 2, axis = 0 } = options;
  requireLimit(maxValue, 'maxValue', 'MaxNorm');
  return {
    className: 'MaxNorm',
    config: { maxValue, axis },
    apply: (weight) => withNorms(weight, axis, (norms) => clip(norms, 0, maxValue)),
  };
}

/** Sets negative elements to 0. As Keras 3. */
export function nonNeg(): Constraint {
  return { className: 'NonNeg', config: {}, apply: (weight) => maximum(weight, 0) };
}

/** Scales to norm 1. As Keras 3. */
export function unitNorm(options: NormAxes = {}): Constraint {
  requireKnownOptions(options, ['axis'], 'UnitNorm');
  const { axis = 0 } = options;
  return {
    className: 'UnitNorm',
    config: { axis },
    apply: (weight) => div(weight, add(norm(weight, { axis, keepDims: true }), EPSILON)),
  };
}

/** Options of `minMaxNorm`. */
export interface MinMaxNormOptions extends NormAxes {
  /** Default 0. */
  readonly minValue?: number;
  /** Default 1. */
  readonly maxValue?: number;
  /** Part of the way to the limits that one update goes, in [0, 1]. Default 1. */
  readonly rate?: number;
}

/** Scales norms towards [minValue, maxValue]. As Keras 3. */
export function minMaxNorm(options: MinMaxNormOptions = {}): Constraint {
  requireKnownOptions(options, ['minValue', 'maxValue', 'rate', 'axis'], 'MinMaxNorm');
  const { minValue = 0, maxValue = 1, rate = 1, axis = 0 } = options;
  requireLimit(minValue, 'minValue', 'MinMaxNorm');
  requireLimit(maxValue, 'maxValue', 'MinMaxNorm');
  return {
    className: 'MinMaxNorm',
    config: { minValue, maxValue, rate, axis },
    apply: (weight) =>
      withNorms(weight, axis, (norms) =>
        add(mul(clip(norms, minValue, maxValue), rate), mul(norms, 1 - rate)),
      ),
  };
}

function requireLimit(value: number, option: string, where: string): void {
  if (value >= 0) return;
  throw new AntlerValueError({ where, expected: `${option} >= 0`, got: `${value}` });
}

const BY_NAME = { maxNorm, minMaxNorm, nonNeg, unitNorm };

/** A constraint, or the name of one with its default options. */
export type ConstraintLike = Constraint | keyof typeof BY_NAME;

/** @throws AntlerValueError for a name it does not know */
export function resolveConstraint(constraint: ConstraintLike, where: string): Constraint {
  if (typeof constraint === 'object') return constraint;
  return lookUp<() => Constraint>(BY_NAME, constraint, { where, kind: 'a constraint' })();
}
