import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError } from '../util/errors.ts';
import { lookUp } from '../util/suggest.ts';
import * as activations from './functions.ts';

/** A function of a tensor to one of the same shape. */
export type Activation = (x: Tensor) => Tensor;

/** Other names that Keras knows. */
const ALIASES = { swish: activations.silu, hardSwish: activations.hardSilu } as const;

/** The names of the built-in activations. */
export type ActivationName = keyof typeof activations | keyof typeof ALIASES;

/** A built-in activation by name, or any function. */
export type ActivationLike = ActivationName | Activation;

const registered = new Map<string, Activation>();

/**
 * Gives a function of your own a name, under which layers know it, and model files write it down.
 * @throws AntlerValueError for the name of a built-in activation
 */
export function registerActivation(name: string, activation: Activation): void {
  if (Object.hasOwn({ ...activations, ...ALIASES }, name)) {
    const expected = 'a name that no built-in activation has';
    throw new AntlerValueError({ where: 'registerActivation', expected, got: `'${name}'` });
  }
  registered.set(name, activation);
}

/** @throws AntlerValueError for a name that is not in the table, with the one probably meant */
export function resolveActivation(activation: ActivationLike, where: string): Activation {
  if (typeof activation === 'function') return activation;
  const own = registered.get(activation);
  if (own) return own;
  const known: Readonly<Record<string, Activation>> = { ...activations, ...ALIASES };
  return lookUp(known, activation, { where, kind: 'an activation' });
}

/** The name of a function that is built in or registered. */
export function activationName(activation: unknown): string | undefined {
  const known = [...Object.entries(activations), ...registered];
  return known.find(([, candidate]) => candidate === activation)?.[0];
}
