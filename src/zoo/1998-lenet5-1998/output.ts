import { defineLayer } from '../../layers/define-layer.ts';
import { expandDims, square, sub, sum, tensor } from '../../ops/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { CODES } from './codes.ts';

/** What each output subtracts from each unit of F6: [batch, 84] to [batch, 10, 84]. */
export function differences(state: Tensor): Tensor {
  const units = state.shape.at(-1) ?? 0;
  return sub(expandDims(state, 1), tensor(CODES, [CODES.length / units, units]));
}

/** The squared distance of F6's state from the code of each class: [batch, 84] to [batch, 10]. Near is likely. */
export function distances(state: Tensor): Tensor {
  return sum(square(differences(state)), { axis: -1 });
}

/** `distances` as a layer, without weights to train. */
export const codeDistances = defineLayer({
  type: 'CodeDistances',
  defaults: {},
  input: '[batch, features]',
  call: (_layer, state) => distances(state),
});
