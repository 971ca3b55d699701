import { onesLike } from '../../ops/create.ts';
import { logicalAnd } from '../../ops/math/compare.ts';
import { any } from '../../ops/reduce/reduce.ts';
import { broadcastTo, concat, expandDims } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { defineMultiLayer } from '../define-layer.ts';
import type { Mask } from '../masks.ts';
import { requireAlike, requireInputs } from './inputs.ts';

/** Options of `concatenate`. */
export interface ConcatenateConfig {
  /** The axis along which inputs are joined. Default the last. */
  readonly axis: number;
}

/** Joins inputs along an axis: [batch, ..., m] and [batch, ..., n] to [batch, ..., m + n]. As Keras 3. */
export const concatenate = defineMultiLayer({
  type: 'Concatenate',
  defaults: { axis: -1 },
  inputs: 'several',
  inputDType: 'any',
  supportsMasking: true,
  build({ axis }: ConcatenateConfig, shapes) {
    requireInputs(shapes, 'one or more');
    requireAlike(shapes, axis);
    return {};
  },
  call: ({ config }, inputs) => concat(inputs, config.axis),
  computeMask: ({ axis }, inputs, masks) => joinedMask(inputs, masks, axis),
});

/** A step of the result counts where any of its features came from a step that counts. */
function joinedMask(inputs: readonly Tensor[], masks: readonly Mask[], axis: number): Mask {
  if (masks.every((mask) => mask === undefined)) return undefined;
  const ofElements = inputs.map((x, i) => {
    const [mask, all] = [masks[i], onesLike(x, 'bool')];
    if (!mask) return all;
    return mask.rank < x.rank ? logicalAnd(broadcastTo(expandDims(mask, -1), x.shape), all) : mask;
  });
  return any(concat(ofElements, axis), -1);
}
