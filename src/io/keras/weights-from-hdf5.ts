import type { AnyLayer } from '../../layers/layer.ts';
import { type Hdf5Dataset, type Hdf5Group, memberAt } from '../hdf5/tree.ts';
import type { WeightMatch, WeightMatches } from '../weight-matches.ts';
import { type WeightGroup, weightLayout } from './weight-layout.ts';

/** Arrays of a file that are no weights. */
const NO_WEIGHTS = /^optimizer\/|(^|\/)seed_generator\/|^_/;

/** Whether a file has its weights where Keras 3 puts them. */
export function hasKerasLayout(root: Hdf5Group): boolean {
  return root.members.has('layers') || root.members.has('vars');
}

/** Finds the arrays of a `model.weights.h5` that belong to the weights of a model, by where they are. */
export function matchKerasWeights(root: Hdf5Group, model: AnyLayer): WeightMatches {
  return match(model, root, (group) => [...group.path, 'vars']);
}

/** The same by the names of layers, which the file notes beside the weights. */
export function matchKerasWeightsByName(root: Hdf5Group, model: AnyLayer): WeightMatches {
  const places = new Map<string, readonly string[]>();
  collectNames(root, { path: [], names: [] }, places);
  return match(model, root, ({ names }) => places.get(names.join('/')) ?? []);
}

/** Arrays `0`, `1`, ... of a group, as far as they go. */
export function variablesAt(root: Hdf5Group, path: readonly string[]): readonly Hdf5Dataset[] {
  const group = memberAt(root, path);
  if (group?.kind !== 'group') return [];
  const found: Hdf5Dataset[] = [];
  for (let i = 0; i < group.members.size; i++) {
    const member = group.members.get(String(i));
    if (member?.kind !== 'dataset') break;
    found.push(member);
  }
  return found;
}

function match(
  model: AnyLayer,
  root: Hdf5Group,
  placeOf: (group: WeightGroup) => readonly string[],
): WeightMatches {
  const matches = weightLayout(model).flatMap((group): WeightMatch[] => {
    const place = placeOf(group);
    const known = place.length > 0 ? variablesAt(root, place) : [];
    return group.variables.map((variable, i) => ({
      variable,
      place: [...place, i].join('/'),
      array: known[i],
    }));
  });
  const taken = new Set(matches.map(({ place }) => place));
  return {
    matches,
    surplus: [...placesIn(root, '')].filter((place) => !taken.has(place) && !NO_WEIGHTS.test(place)),
  };
}

/** Places of all arrays. */
function* placesIn(group: Hdf5Group, prefix: string): Generator<string> {
  for (const [name, member] of group.members) {
    if (member.kind === 'dataset') yield `${prefix}${name}`;
    else yield* placesIn(member, `${prefix}${name}/`);
  }
}

interface Position {
  readonly path: readonly string[];
  readonly names: readonly string[];
}

/** Where each layer keeps its weights, by the names of the layers around it and its own. */
function collectNames(
  group: Hdf5Group,
  { path, names }: Position,
  places: Map<string, readonly string[]>,
): void {
  for (const [key, member] of group.members) {
    if (member.kind === 'dataset' || key === 'vars') continue;
    const vars = member.members.get('vars');
    const name = vars?.kind === 'group' ? vars.attributes.get('name') : undefined;
    const inner = typeof name === 'string' ? [...names, name] : names;
    if (inner !== names) places.set(inner.join('/'), [...path, key, 'vars']);
    collectNames(member, { path: [...path, key], names: inner }, places);
  }
}
