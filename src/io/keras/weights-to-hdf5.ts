import type { AnyLayer } from '../../layers/layer.ts';
import type { Variable } from '../../tensor/variable.ts';
import { emptyGroup, groupAt, type Hdf5Group } from '../hdf5/tree.ts';
import { weightLayout } from './weight-layout.ts';

/** Weights and state that Keras 3 keeps in `model.weights.h5`. */
export interface SavedState {
  /** Built. */
  readonly model: AnyLayer;
  /** Variables of the optimizer in Keras's order, if they are to be kept, and its name. */
  readonly optimizer?: { readonly name: string; readonly variables: readonly Variable[] } | undefined;
}

/** The content of `model.weights.h5`. */
export async function weightsToHdf5({ model, optimizer }: SavedState): Promise<Hdf5Group> {
  const root = emptyGroup();
  for (const { path, name, variables } of weightLayout(model)) {
    await addVariables(groupAt(root, [...path, 'vars']), name, variables);
  }
  if (optimizer)
    await addVariables(groupAt(root, ['optimizer', 'vars']), optimizer.name, optimizer.variables);
  return root;
}

async function addVariables(group: Hdf5Group, name: string, variables: readonly Variable[]): Promise<void> {
  group.attributes.set('name', name);
  for (const [index, variable] of variables.entries()) {
    const { dtype, shape } = variable;
    group.members.set(String(index), { kind: 'dataset', dtype, shape, data: await variable.read().data() });
  }
}
