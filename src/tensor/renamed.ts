import { alias } from '../primitives/leaf.ts';
import { floatLeaves } from './float-leaves.ts';
import { Tensor } from './tensor.ts';
import { type Structure, takeApart } from './tree.ts';

/** An argument under new identities, which a gradient can be taken with respect to. */
export interface Renamed<T> {
  readonly value: T;
  readonly tensors: readonly Tensor[];
  readonly structure: Structure;
}

/** @throws AntlerValueError, AntlerTypeError unless every leaf is a float tensor */
export function rename<T>(argument: T, where: string): Renamed<T> {
  const structure = takeApart(argument);
  const tensors = floatLeaves(structure, where).map((leaf) => new Tensor(alias(leaf.node)));
  return { value: structure.rebuild(tensors) as T, tensors, structure };
}
