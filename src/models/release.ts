import type { Several } from '../layers/several.ts';
import { Tensor } from '../tensor/tensor.ts';
import { takeApart } from '../tensor/tree.ts';

/** Gives the memory of tensors back before the garbage collector does. */
export function release(...tensors: readonly (Several<Tensor> | readonly (Tensor | null)[] | null)[]): void {
  for (const leaf of takeApart(tensors).leaves) if (leaf instanceof Tensor) leaf.dispose();
}
