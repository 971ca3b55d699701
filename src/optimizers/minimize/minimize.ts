import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerNumericError, AntlerValueError } from '../../util/errors.ts';
import { requireKnownOptions } from '../../util/suggest.ts';
import { CurvaturePairs } from './curvature-pairs.ts';
import { lineSearch } from './line-search.ts';
import { Objective, type Point } from './objective.ts';
import { along, difference, dot, largest } from './vectors.ts';

/** Where a minimization stands. */
export interface MinimizeProgress<Parameters> {
  /** Steps so far. */
  readonly iteration: number;
  readonly parameters: Parameters;
  readonly value: number;
  /** The largest magnitude in the gradient. */
  readonly gradientNorm: number;
  /** How often value and gradient were computed so far. */
  readonly evaluations: number;
}

/** Options of `minimize`. */
export interface MinimizeOptions<Parameters> {
  /** Steps whose curvature is remembered. Default 10. */
  readonly memory?: number;
  /** Default 1000. */
  readonly maxIterations?: number;
  /** Ends where no element of the gradient is larger. Default 1e-5. */
  readonly gradientTolerance?: number;
  /**
   * Ends where a step lowers the value by no more than this, relative to the value or to 1. Default 2.2e-9, and 1.2e-6 if
   * a parameter is float32.
   */
  readonly valueTolerance?: number;
  /** Called at the start, as iteration 0, and after each step; what it returns is waited for. */
  readonly onIteration?: (progress: MinimizeProgress<Parameters>) => void | Promise<void>;
}

/** What `minimize` found. */
export interface Minimum<Parameters> {
  readonly parameters: Parameters;
  readonly value: number;
  /** The largest magnitude in the gradient. */
  readonly gradientNorm: number;
  readonly iterations: number;
  readonly evaluations: number;
  /** A small gradient, a value that no longer falls, the last iteration, or no lower point along any direction. */
  readonly reason: 'gradient' | 'value' | 'iterations' | 'line search';
}

type Limits = Required<Omit<MinimizeOptions<never>, 'onIteration'>>;

/** Ten million roundings of double precision, and ten of single. */
const VALUE_TOLERANCES = { single: 10 * 2 ** -23, double: 1e7 * Number.EPSILON };

/**
 * The parameters at which a smooth loss is smallest, from a start downhill: L-BFGS (Liu and Nocedal 1989) with a line
 * search by the strong Wolfe conditions. For losses over all data at once; there is no randomness and no learning rate.
 * Double precision, `tensor(values, 'float64')`, lets it come much nearer.
 * @param loss of the parameters to one scalar; compiled once
 * @param start a tensor, or nested arrays and objects of tensors, of float32 or float64
 * @throws AntlerTypeError for a start of other things; AntlerNumericError if the loss is not finite there;
 * AntlerValueError for options that make no sense
 */
export async function minimize<Parameters>(
  loss: (parameters: Parameters) => Tensor,
  start: Parameters,
  options: MinimizeOptions<Parameters> = {},
): Promise<Minimum<Parameters>> {
  const { onIteration, ...limits } = options;
  const objective = await Objective.of(loss, start);
  const settings = checked(limits, objective.isSingle ? VALUE_TOLERANCES.single : VALUE_TOLERANCES.double);
  const pairs = new CurvaturePairs(settings.memory);
  let point = await objective.at(objective.start);
  requireFinite(point);
  let fall = Number.POSITIVE_INFINITY;
  for (let iteration = 0; ; iteration++) {
    const { position, value } = point;
    const [parameters, gradientNorm] = [objective.parametersAt(position), largest(point.gradient)];
    const { evaluations } = objective;
    await onIteration?.({ iteration, parameters, value, gradientNorm, evaluations });
    const reason = reasonToEnd(settings, { iteration, gradientNorm, fall });
    const next = reason ? undefined : await descend(objective, point, pairs);
    if (!next) {
      const end = { evaluations: objective.evaluations, reason: reason ?? 'line search' };
      return { parameters, value, gradientNorm, iterations: iteration, ...end };
    }
    fall = fallOf(point, next);
    point = next;
  }
}

function reasonToEnd(
  { gradientTolerance, valueTolerance, maxIterations }: Limits,
  { iteration, gradientNorm, fall }: { iteration: number; gradientNorm: number; fall: number },
): Minimum<never>['reason'] | undefined {
  if (gradientNorm <= gradientTolerance) return 'gradient';
  if (fall <= valueTolerance) return 'value';
  return iteration === maxIterations ? 'iterations' : undefined;
}

/** One step; if the remembered curvature misleads, it is forgotten and the gradient itself is followed. */
async function descend<Parameters>(
  objective: Objective<Parameters>,
  point: Point,
  pairs: CurvaturePairs,
): Promise<Point | undefined> {
  for (;;) {
    const isFirst = pairs.isEmpty;
    const next = await searchAlong(objective, point, pairs.direction(point.gradient), isFirst);
    if (next) {
      const step = difference(next.position, point.position);
      pairs.add(step, difference(next.gradient, point.gradient), dot(point.gradient, step));
      return next;
    }
    if (isFirst) return undefined;
    pairs.clear();
  }
}

/** The gradient alone says nothing of lengths, so the first step is of length 1 at most. */
async function searchAlong<Parameters>(
  objective: Objective<Parameters>,
  start: Point,
  direction: Float64Array,
  isFirst: boolean,
): Promise<Point | undefined> {
  const slope = dot(start.gradient, direction);
  if (!(slope < 0)) return undefined;
  let point = start;
  const evaluate = async (step: number) => {
    point = await objective.at(along(start.position, direction, step));
    return { step, value: point.value, slope: dot(point.gradient, direction) };
  };
  const first = isFirst ? 1 / Math.sqrt(dot(direction, direction)) : 1;
  const found = await lineSearch(evaluate, { step: 0, value: start.value, slope }, first);
  return found && point;
}

/** By how much the value fell, relative to the larger of the two, or to 1. */
function fallOf(before: Point, after: Point): number {
  return (before.value - after.value) / Math.max(Math.abs(before.value), Math.abs(after.value), 1);
}

function requireFinite({ value, gradient }: Point): void {
  if (Number.isFinite(value) && Number.isFinite(largest(gradient))) return;
  throw new AntlerNumericError({
    where: 'minimize, start',
    expected: 'a finite loss and a finite gradient',
    got: `a loss of ${value}`,
    fix: 'start where the loss is defined',
  });
}

function checked(limits: Omit<MinimizeOptions<never>, 'onIteration'>, valueTolerance: number): Limits {
  const defaults = { memory: 10, maxIterations: 1000, gradientTolerance: 1e-5, valueTolerance };
  requireKnownOptions(limits, [...Object.keys(defaults), 'onIteration'], 'minimize');
  const settings = { ...defaults, ...limits };
  const require = (holds: boolean, expected: string, got: unknown) => {
    if (!holds) throw new AntlerValueError({ where: 'minimize', expected, got: `${got}` });
  };
  const { memory, maxIterations, gradientTolerance } = settings;
  require(Number.isInteger(memory) && memory >= 1, 'memory, a whole number >= 1', memory);
  require(Number.isInteger(maxIterations) &&
    maxIterations >= 0, 'maxIterations, a whole number >= 0', maxIterations);
  require(gradientTolerance >= 0, 'gradientTolerance >= 0', gradientTolerance);
  require(settings.valueTolerance >= 0, 'valueTolerance >= 0', settings.valueTolerance);
  return settings;
}
