import type { TensorLike } from '../ops/convert.ts';
import { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError } from '../util/errors.ts';
import { type Parts, partsOf, type Several } from './several.ts';
import { SymbolicTensor } from './symbolic-tensor.ts';

/**
 * How many inputs a layer takes. `one`: a tensor. `several`: a list, even of one; nested arrays are such a list
 * too. `oneOrSeveral`: a list, even of one, but nested arrays are one tensor. `any`: what the caller gives.
 */
export type Arity = 'one' | 'several' | 'oneOrSeveral' | 'any';

type Input = SymbolicTensor | TensorLike;

/** What a caller gave, taken apart: a list that holds tensors is several inputs, nested numbers are one. */
export function inputParts(inputs: Several<Input>, arity: Arity): Parts<Input> {
  return partsOf(inputs, (value) => isOneInput(value, arity));
}

function isOneInput(value: Several<Input>, arity: Arity): boolean {
  if (isTensorObject(value)) return true;
  if (Array.isArray(value)) return arity !== 'several' && !value.some(isTensorObject);
  return typeof value !== 'object' || value === null;
}

function isTensorObject(value: unknown): boolean {
  return value instanceof Tensor || value instanceof SymbolicTensor || ArrayBuffer.isView(value);
}

/** Inputs in the form that a layer takes. @throws AntlerValueError for another number of them */
export function arrange<T>(inputs: Parts<T>, arity: Arity): Parts<T> {
  if (arity === 'any') return inputs;
  const { items } = inputs;
  if (arity !== 'one') return { items, names: undefined, rebuild: (list) => list };
  if (items.length === 1) return partsOf<T>(items[0] as T, () => true);
  throw new AntlerValueError({ where: 'input', expected: 'one tensor', got: `${items.length}` });
}
