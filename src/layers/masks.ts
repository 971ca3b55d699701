import { Tensor } from '../tensor/tensor.ts';

/** Which steps of a sequence count: bool [batch, time]; undefined where all do. */
export type Mask = Tensor | undefined;

const masks = new WeakMap<Tensor, Tensor>();

/** The mask that a layer gave a tensor. As Keras's `_keras_mask`. */
export function maskOf(x: Tensor): Mask {
  return masks.get(x);
}

/** The tensor with a mask. It is another object, so that whoever holds `x` sees no mask appear. */
export function withMask(x: Tensor, mask: Mask): Tensor {
  if (mask === undefined || masks.get(x) === mask) return x;
  const masked = new Tensor(x.node);
  masks.set(masked, mask);
  return masked;
}
