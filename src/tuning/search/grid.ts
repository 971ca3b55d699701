import { AntlerValueError } from '../../util/errors.ts';
import type { Parameter, ParameterValue, SearchSpace } from '../space.ts';
import type { Values } from '../trial.ts';
import type { Search } from './search.ts';

export interface GridOptions {
  /** Values of a parameter of real numbers, or of more whole numbers than this. Default 4. */
  readonly points?: number;
}

/**
 * Every combination of values, the last parameter running fastest. Real numbers are taken at the middles of
 * `points` equal parts of their range (of its logarithm for `logUniform`).
 * @throws AntlerValueError if `points` is not a whole number of at least 1
 */
export function gridSearch({ points = 4 }: GridOptions = {}): Search {
  if (!Number.isSafeInteger(points) || points < 1) {
    throw new AntlerValueError({ where: 'gridSearch', expected: 'points: at least 1', got: `${points}` });
  }
  return {
    name: `grid of ${points}`,
    propose({ space, number }) {
      const values = valuesAt(space, points, number);
      return values ? { values } : 'end';
    },
  };
}

/** The combination of that number; undefined after the last. */
function valuesAt(space: SearchSpace, points: number, index: number): Values | undefined {
  const axes = Object.entries(space).map(([name, parameter]) => [name, axisOf(parameter, points)] as const);
  let rest = index;
  const values: [string, ParameterValue][] = [];
  for (const [name, axis] of [...axes].reverse()) {
    values.push([name, axis[rest % axis.length] as ParameterValue]);
    rest = Math.floor(rest / axis.length);
  }
  return rest === 0 ? Object.fromEntries(values.reverse()) : undefined;
}

function axisOf(parameter: Parameter, points: number): ParameterValue[] {
  const count = parameter.isOrdered ? Math.min(points, parameter.size) : parameter.size;
  return Array.from({ length: count }, (_, i) => parameter.at((i + 0.5) / count));
}
