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
  /** Where to begin. Default weights from a normal distribution of deviation 0.01, biases 0 (Hinton 2010). */
  readonly parameters?: RbmParameters;
  /** Shown in errors. Default `rbm`. */
  readonly name?: string;
}

/** The options with their defaults, but for the parameters. */
export type RbmLayout = Required<Omit<RbmOptions, 'parameters'>> & Pick<RbmOptions, 'parameters'>;

const NAMES = [
  'visible',
  'hidden',
  'seed',
  'visibleUnits',
  'hiddenUnits',
  'visibleClasses',
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
  if (layout.parameters) requireSizes(layout.parameters, layout);
  return layout;
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
