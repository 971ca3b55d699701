/** Activations that are exactly zero for small inputs: float [...] to [...], as Keras 3. */

import { arange } from '../ops/create.ts';
import { add, cast, clip, div, maximum, mul, square, sub, where } from '../ops/math/arithmetic.ts';
import { greater, less } from '../ops/math/compare.ts';
import { cumsum } from '../ops/reduce/cumulative.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { sort } from '../ops/search/sort.ts';
import { moveaxis } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';

/** 0 below -1, (x + 1)^2 / 4 up to 1, x above: a softplus with exact zeros. */
export function sparsePlus(x: Tensor): Tensor {
  const curve = mul(square(add(x, 1)), 0.25);
  return where(greater(x, -1), where(less(x, 1), curve, x), 0);
}

/** (x + 1) / 2, limited to [0, 1]: the slope of `sparsePlus`. */
export function sparseSigmoid(x: Tensor): Tensor {
  return mul(clip(add(x, 1), 0, 2), 0.5);
}

/**
 * max(x - tau, 0) along `axis`, default -1: probabilities with exact zeros (Martins and Astudillo 2016). As Keras
 * 3.15, whose tau adds up the running totals of all that is kept, where the paper takes the last of them: the
 * results add up to 1 only where a single one is kept.
 */
export function sparsemax(x: Tensor, axis = -1): Tensor {
  const logits = moveaxis(x, axis, -1);
  const falling = sort(logits, { descending: true });
  const totals = cumsum(falling, -1);
  const counts = cast(arange(1, at(logits.shape, -1) + 1), x.dtype);
  const isKept = greater(falling, div(sub(totals, 1), counts));
  const last = { axis: -1, keepDims: true };
  const total = sum(where(isKept, totals, 0), last);
  const tau = div(sub(total, 1), cast(sum(isKept, last), x.dtype));
  return moveaxis(maximum(sub(logits, tau), 0), -1, axis);
}
