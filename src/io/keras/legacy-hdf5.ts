import type { AnyLayer } from '../../layers/layer.ts';
import type { Variable } from '../../tensor/variable.ts';
import { AntlerDataError } from '../../util/errors.ts';
import { emptyGroup, groupAt, type Hdf5Dataset, type Hdf5Group, memberAt } from '../hdf5/tree.ts';
import type { WeightMatch, WeightMatches } from '../weight-matches.ts';
import { KERAS_VERSION } from './version.ts';

/** Names in one attribute, whose size HDF5 bounds; more go into `layer_names0`, `layer_names1`, ... */
const NAMES_PER_ATTRIBUTE = 1000;

/** Whether a group has weights as Keras 1 and 2 laid them out. */
export function hasLegacyLayout(group: Hdf5Group): boolean {
  return namesOf(group, 'layer_names') !== undefined;
}

/** Weights layer by layer under their names, as Keras 1 and 2 laid them out and Keras 3 still reads and writes them. */
export async function legacyWeightsToHdf5(model: AnyLayer): Promise<Hdf5Group> {
  const root = emptyGroup({ backend: 'antler', keras_version: KERAS_VERSION });
  setNames(
    root,
    'layer_names',
    model.innerLayers.map(({ name }) => name),
  );
  for (const layer of model.innerLayers) await addNamed(groupAt(root, [layer.name]), legacyWeights(layer));
  await addNamed(groupAt(root, ['top_level_model_weights']), []);
  return root;
}

/** Adds variables to a group under their names, and lists the names in order. */
export async function addNamed(group: Hdf5Group, variables: readonly Variable[]): Promise<void> {
  setNames(
    group,
    'weight_names',
    variables.map(({ name }) => name),
  );
  for (const variable of variables) {
    const { dtype, shape, name } = variable;
    const path = name.split('/');
    const data = await variable.read().data();
    groupAt(group, path.slice(0, -1)).members.set(path.at(-1) ?? name, {
      kind: 'dataset',
      dtype,
      shape,
      data,
    });
  }
}

/** Finds the arrays that belong to the weights of a model: layer by layer in order, as Keras does. */
export function matchLegacyWeights(root: Hdf5Group, model: AnyLayer, file: string): WeightMatches {
  const layers = model.innerLayers.filter((layer) => layer.weights.length > 0);
  const names = (namesOf(root, 'layer_names') ?? []).filter((name) => arraysOf(root, name, file).length > 0);
  if (names.length !== layers.length) {
    throw new AntlerDataError({
      where: file,
      expected: `weights of ${layers.length} layers (${layers
        .map(({ name }) => name)
        .slice(0, 5)
        .join(', ')})`,
      got: `of ${names.length} (${names.slice(0, 5).join(', ')})`,
      fix: 'load it into a model of the same architecture, or by the names of layers with { byName: true }',
    });
  }
  return together(layers.map((layer, i) => matchLayer(root, layer, names[i] ?? '', file)));
}

/** The same by the names of layers. */
export function matchLegacyWeightsByName(root: Hdf5Group, model: AnyLayer, file: string): WeightMatches {
  const known = new Set(model.innerLayers.map(({ name }) => name));
  const strangers = (namesOf(root, 'layer_names') ?? []).filter((name) => !known.has(name));
  const surplus = strangers.flatMap((name) => arraysOf(root, name, file).map(({ place }) => place));
  const matched = model.innerLayers.map((layer) => matchLayer(root, layer, layer.name, file));
  return together([...matched, { matches: [], surplus }]);
}

/** The arrays of a group in the order of its list of names. @throws AntlerDataError for a name without an array */
export function arraysOf(
  root: Hdf5Group,
  name: string,
  file: string,
): readonly { readonly place: string; readonly array: Hdf5Dataset }[] {
  const group = root.members.get(name);
  if (group?.kind !== 'group') return [];
  return (namesOf(group, 'weight_names') ?? []).map((path) => {
    const place = `${name}/${path}`;
    const array = memberAt(group, path.split('/'));
    if (array?.kind === 'dataset') return { place, array };
    throw new AntlerDataError({ where: file, expected: `the array ${place}`, got: 'none' });
  });
}

function matchLayer(root: Hdf5Group, layer: AnyLayer, name: string, file: string): WeightMatches {
  const arrays = arraysOf(root, name, file);
  const weights = legacyWeights(layer);
  const matches = weights.map((variable, i): WeightMatch => {
    const { place = `${name}/${variable.name}`, array } = arrays[i] ?? {};
    return { variable, place, array };
  });
  return { matches, surplus: arrays.slice(weights.length).map(({ place }) => place) };
}

function together(parts: readonly WeightMatches[]): WeightMatches {
  return {
    matches: parts.flatMap(({ matches }) => matches),
    surplus: parts.flatMap(({ surplus }) => surplus),
  };
}

/** Those that training changes first. */
function legacyWeights(layer: AnyLayer): readonly Variable[] {
  return [...layer.trainableWeights, ...layer.nonTrainableWeights];
}

function setNames(group: Hdf5Group, attribute: string, names: readonly string[]): void {
  if (names.length <= NAMES_PER_ATTRIBUTE) {
    group.attributes.set(attribute, names);
    return;
  }
  for (let start = 0; start < names.length; start += NAMES_PER_ATTRIBUTE) {
    const part = names.slice(start, start + NAMES_PER_ATTRIBUTE);
    group.attributes.set(`${attribute}${start / NAMES_PER_ATTRIBUTE}`, part);
  }
}

/** The names in an attribute or its parts; undefined if there is none. */
function namesOf({ attributes }: Hdf5Group, attribute: string): readonly string[] | undefined {
  const whole = attributes.get(attribute);
  if (Array.isArray(whole)) return whole;
  const names: string[] = [];
  for (let i = 0; ; i++) {
    const part = attributes.get(`${attribute}${i}`);
    if (!Array.isArray(part)) return i === 0 ? undefined : names;
    names.push(...part);
  }
}
