import { hostTensor } from '../ops/convert.ts';
import { cast } from '../ops/math/arithmetic.ts';
import { AntlerDataError } from '../util/errors.ts';
import { formatShape, sameShape } from '../util/shapes.ts';
import type { WeightMatch, WeightMatches } from './weight-matches.ts';

/** Names shown in one message. */
const SHOWN = 5;

/** What became of the arrays of a file. */
export interface WeightReport {
  /** Names of the weights that got values. */
  readonly loaded: readonly string[];
  /** Names of those for which the file has none. */
  readonly missing: readonly string[];
  /** Names of those for which the file has one of another shape. */
  readonly misshaped: readonly string[];
  /** Places of arrays that no weight takes. */
  readonly surplus: readonly string[];
}

/**
 * Gives weights the values of a file. All are checked first: either all change or none.
 * @param file named in errors
 * @throws AntlerDataError that names the weights that are missing, surplus, or of another shape
 */
export function assignWeights({ matches, surplus }: WeightMatches, file: string): void {
  const missing = matches.filter(({ array }) => array === undefined);
  if (missing.length > 0) {
    const names = missing.map(({ variable, place }) => `${variable.name} (${place})`);
    throw mismatch(file, 'all weights of the model', `none for ${list(names)}`);
  }
  if (surplus.length > 0) throw mismatch(file, 'weights of this model only', `also ${list(surplus)}`);
  const misshaped = matches.filter((match) => !fits(match));
  if (misshaped.length > 0) throw mismatch(file, 'weights of the same shapes', list(misshaped.map(shapesOf)));
  for (const match of matches) assign(match);
}

/** Gives weights the values of a file where they fit, and leaves the others as they are. */
export function assignWhatFits({ matches, surplus }: WeightMatches): WeightReport {
  const fitting = matches.filter(fits);
  for (const match of fitting) assign(match);
  const names = (some: readonly WeightMatch[]) => some.map(({ variable }) => variable.name);
  return {
    loaded: names(fitting),
    missing: names(matches.filter(({ array }) => array === undefined)),
    misshaped: names(matches.filter((match) => match.array !== undefined && !fits(match))),
    surplus,
  };
}

function fits({ variable, array }: WeightMatch): boolean {
  return array !== undefined && sameShape(array.shape, variable.shape);
}

function assign({ variable, array, place }: WeightMatch): void {
  if (!array) return;
  variable.assign(cast(hostTensor(array.data, array.shape, array.dtype, place), variable.dtype));
}

function shapesOf({ variable, array }: WeightMatch): string {
  return `${variable.name}: ${formatShape(variable.shape)} here, ${formatShape(array?.shape ?? [])} there`;
}

function list(names: readonly string[]): string {
  const more = names.length - SHOWN;
  return `${names.slice(0, SHOWN).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function mismatch(file: string, expected: string, got: string): AntlerDataError {
  const fix = 'load it into a model of the same architecture, or say { strict: false } to take what fits';
  return new AntlerDataError({ where: file, expected, got, fix });
}
