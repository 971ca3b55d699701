import { softmax as applySoftmax } from '../../activations/functions.ts';
import { sub, where } from '../../ops/math/arithmetic.ts';
import { exp } from '../../ops/math/math.ts';
import { logsumexp } from '../../ops/reduce/reduce.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { defineLayer } from '../define-layer.ts';

/** Options of `softmax`. */
export interface SoftmaxConfig {
  /** The axes along which the results add up to 1. Default -1. */
  readonly axis: number | readonly number[];
}

/** Stands for minus infinity, as in Keras. */
const MASKED = -1e9;

/**
 * e^x over its sum along `axis`. A mask of the call that broadcasts over x leaves out where it is false; the
 * results are 0 there. Any shape. As Keras 3.
 */
export const softmax = defineLayer({
  type: 'Softmax',
  defaults: { axis: -1 },
  supportsMasking: true,
  call({ config: { axis } }: { readonly config: SoftmaxConfig }, x, { mask }) {
    if (!mask) return along(x, axis);
    return where(mask, along(where(mask, x, MASKED), axis), 0);
  },
});

function along(x: Tensor, axis: number | readonly number[]): Tensor {
  if (typeof axis === 'number') return applySoftmax(x, axis);
  return exp(sub(x, logsumexp(x, { axis, keepDims: true })));
}
