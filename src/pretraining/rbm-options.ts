import { AntlerShapeError, AntlerValueError } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { requireOneOf, requireWhole } from './training-options.ts';
import type { UnitKind } from './units.ts';

/** Weights and biases of a machine on the host. */
export interface RbmParameters {
  /** W, [visible, hidden], row-major. */
  readonly weights: Float32Array;
  /** b, [visible]. */
  readonly visibleBias: Float32Array;
  /** c, [hidden]. */
  readonly hiddenBias: Float32Array;
}

/** Options of `rbm`. */
export interface RbmOptions {
  /** Number of visible units, those of `visibleClasses` included. */
  readonly visible: number;
  /** Number of hidden units. */
  readonly hidden: number;
  /** Decides first weights, the order of rows, and every state that is drawn. */
  readonly seed: number;
  /** Default `binary`. */
  readonly visibleUnits?: UnitKind;
  /** Default `binary`. At most one layer is `gaussian`. */
  readonly hiddenUnits?: UnitKind;
  /** Units at the end of the visible layer of which exactly one is on: a label. Default 0. */
  readonly visibleClasses?: number;
  /**
   * Part of the rows in which each visible unit is on, [visible]: visible biases begin at the log odds, so that hidden
   * units need not learn the mean (Hinton 2010, section 8.1). Default biases of 0.
   */
  readonly visibleMeans?: ArrayLike<number>;
  /** Where to begin. Default weights from a normal distribution of deviation 0.01, biases 0 (Hinton 2010). */
  readonly parameters?: RbmParameters;
  /** Shown in errors. Default `rbm`. */
  readonly name?: string;
}

/** The options with their defaults. */
export type RbmLayout = Required<Omit<RbmOptions, 'parameters' | 'visibleMeans'>> &
  Pick<RbmOptions, 'parameters' | 'visibleMeans'>;

const NAMES = [
  'visible',
  'hidden',
  'seed',
  'visibleUnits',
  'hiddenUnits',
  'visibleClasses',
  'visibleMeans',
  'parameters',
  'name',
] as const satisfies readonly (keyof RbmOptions)[];

/** @throws AntlerValueError, AntlerShapeError for options that make no machine */
export function rbmLayout(options: RbmOptions): RbmLayout {
  const { name = 'rbm', visibleUnits = 'binary', hiddenUnits = 'binary', visibleClasses = 0 } = options;
  requireKnownOptions(options, NAMES, name);
  const layout = { ...options, name, visibleUnits, hiddenUnits, visibleClasses };
  requireWhole({ visible: layout.visible, hidden: layout.hidden }, 1, name);
  requireWhole({ seed: layout.seed, visibleClasses }, 0, name);
  requireOneOf('visibleUnits', visibleUnits, ['binary', 'gaussian'], name);
  requireOneOf('hiddenUnits', hiddenUnits, ['binary', 'gaussian'], name);
  if (visibleClasses > layout.visible)
    throw new AntlerValueError({
      where: name,
      expected: 'visibleClasses among the visible units',
      got: `${visibleClasses} of ${layout.visible}`,
    });
  if (visibleUnits === 'gaussian' && hiddenUnits === 'gaussian')
    throw new AntlerValueError({
      where: name,
      expected: 'at most one layer of gaussian units',
      got: 'two',
      fix: 'two of them have no distribution once a weight is large: make one binary',
    });
  if (layout.visibleMeans) requireMeans(layout.visibleMeans, layout);
  if (layout.parameters) requireSizes(layout.parameters, layout);
  return layout;
}

function requireMeans(
  means: ArrayLike<number>,
  { visible, visibleUnits, parameters, name }: RbmLayout,
): void {
  if (visibleUnits !== 'binary' || parameters)
    throw new AntlerValueError({
      where: name,
      expected: 'visibleMeans for the first biases of binary units',
      got: parameters ? 'parameters beside them' : 'gaussian units',
    });
  requireFrequencies(means, visible, name);
}

/** @throws AntlerShapeError, AntlerValueError unless there is a number in [0, 1] for each unit */
export function requireFrequencies(means: ArrayLike<number>, units: number, where: string): void {
  if (means.length !== units)
    throw new AntlerShapeError({ where, expected: `${units} visibleMeans`, got: `${means.length}` });
  const wrong = Array.from(means).find((p) => !(p >= 0 && p <= 1));
  if (wrong === undefined) return;
  throw new AntlerValueError({ where, expected: 'visibleMeans in [0, 1]', got: `${wrong}` });
}

function requireSizes(parameters: RbmParameters, { visible, hidden, name }: RbmLayout): void {
  const sizes = { weights: visible * hidden, visibleBias: visible, hiddenBias: hidden };
  for (const part of ['weights', 'visibleBias', 'hiddenBias'] as const) {
    const { length } = parameters[part];
    if (length === sizes[part]) continue;
    const expected = `${sizes[part]} numbers in ${part}`;
    throw new AntlerShapeError({ where: name, expected, got: `${length}` });
  }
}
