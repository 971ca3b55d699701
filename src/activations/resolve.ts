import type { Tensor } from '../tensor/tensor.ts';
import { lookUp } from '../util/suggest.ts';
import * as activations from './functions.ts';

/** A function of a tensor to one of the same shape. */
export type Activation = (x: Tensor) => Tensor;

/** The names of the built-in activations. */
export type ActivationName = keyof typeof activations;

/** A built-in activation by name, or any function. */
export type ActivationLike = ActivationName | Activation;

/** @throws AntlerValueError for a name that is not in the table, with the one probably meant */
export function resolveActivation(activation: ActivationLike, where: string): Activation {
  if (typeof activation === 'function') return activation;
  return lookUp<Activation>(activations, activation, { where, kind: 'an activation' });
}
