import type { Aval } from '../graph/node.ts';
import { input } from '../primitives/leaf.ts';
import { Tensor } from './tensor.ts';

/** A tensor of known shape and dtype whose value comes when the traced function runs. */
export function tracedInput({ shape, dtype }: Aval): Tensor {
  return new Tensor(input({ shape, dtype }));
}
