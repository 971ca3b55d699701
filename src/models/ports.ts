import { uniqueName } from '../layers/names.ts';
import type { Parts } from '../layers/several.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { unknownName } from '../util/suggest.ts';

/**
 * Inputs in the order of the model. They may come in that order, or by name.
 * @param names under which inputs may come
 * @param layerNames of the input layers, which are known too
 * @throws AntlerValueError for another number of inputs, and for a name that is missing or unknown
 */
export function orderInputs<T>(
  inputs: Parts<T>,
  names: readonly string[],
  layerNames: readonly string[] = names,
): readonly T[] {
  const { items } = inputs;
  if (!inputs.names) {
    if (items.length === names.length) return items;
    throw new AntlerValueError({
      where: 'input',
      expected: `${names.length} inputs (${names.join(', ')})`,
      got: `${items.length}`,
      fix: `give them in a list [${names.join(', ')}], or by name { ${names.join(', ')} }`,
    });
  }
  const places = inputs.names.map((name) => placeOf(name, names, layerNames));
  return names.map((name, i) => {
    const place = places.indexOf(i);
    if (place >= 0) return at(items as T[], place);
    throw new AntlerValueError({ where: 'input', expected: `the input '${name}'`, got: 'none' });
  });
}

function placeOf(name: string, names: readonly string[], layerNames: readonly string[]): number {
  const place = names.includes(name) ? names.indexOf(name) : layerNames.indexOf(name);
  if (place >= 0) return place;
  throw unknownName({ where: 'input', kind: 'the name of an input', name, known: names });
}

/** Names of outputs, from those of the layers that make them; a layer may make several. */
export function outputNames(layerNames: readonly string[]): string[] {
  const taken = new Set<string>();
  return layerNames.map((layerName) => {
    const name = uniqueName(layerName, taken);
    taken.add(name);
    return name;
  });
}
