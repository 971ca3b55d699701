import { AntlerDataError } from '../../util/errors.ts';
import type { Json } from '../../util/exact-json.ts';

/** A state that is a count. @throws AntlerDataError if it is none */
export function savedCount(state: Json | undefined, where: string): number {
  if (typeof state === 'number' && Number.isSafeInteger(state) && state >= 0) return state;
  throw foreignState(state, 'a whole number', where);
}

/** A state of named parts. @throws AntlerDataError unless it has exactly these */
export function savedParts<Name extends string>(
  state: Json | undefined,
  names: readonly Name[],
  where: string,
): Readonly<Record<Name, Json>> {
  const isRecord = typeof state === 'object' && state !== null && !Array.isArray(state);
  if (isRecord && names.every((name) => Object.hasOwn(state, name))) return state as Record<Name, Json>;
  throw foreignState(state, `the parts ${names.join(', ')}`, where);
}

/** A state that is a list. @throws AntlerDataError unless it has that many entries */
export function savedList(state: Json | undefined, length: number, where: string): readonly Json[] {
  if (Array.isArray(state) && state.length === length) return state as readonly Json[];
  throw foreignState(state, `a list of ${length}`, where);
}

function foreignState(state: Json | undefined, form: string, where: string): AntlerDataError {
  return new AntlerDataError({
    where,
    expected: `the state of an iterator of this very pipeline (${form})`,
    got: String(JSON.stringify(state)).slice(0, 80),
    fix: 'build the pipeline as it was when the state was saved',
  });
}
