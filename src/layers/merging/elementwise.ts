import {
  div,
  maximum as larger,
  mul,
  add as plus,
  minimum as smaller,
  sub,
  where,
} from '../../ops/math/arithmetic.ts';
import { logicalOr } from '../../ops/math/compare.ts';
import { broadcastTo, expandDims } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import { defineMultiLayer } from '../define-layer.ts';
import type { Mask } from '../masks.ts';
import { type InputCount, mergedMask, requireInputs } from './inputs.ts';

/** Makes one tensor of several of one rank. Masks are [batch, time] and undefined where all steps count. */
type Merge = (inputs: readonly Tensor[], masks: readonly Mask[]) => Tensor;

function defineMerging(type: string, merge: Merge, count: InputCount = 'one or more') {
  return defineMultiLayer({
    type,
    defaults: {},
    inputs: 'several',
    inputDType: 'any',
    supportsMasking: true,
    build(_config: object, shapes) {
      requireInputs(shapes, count);
      return {};
    },
    call(_layer, inputs, { masks }) {
      const rank = Math.max(...inputs.map((x) => x.rank));
      const isEven = inputs.every((x) => x.rank === rank);
      return merge(
        inputs.map((x) => withRank(x, rank)),
        isEven ? masks : [],
      );
    },
    computeMask: (_config, _inputs, masks) => mergedMask(masks),
  });
}

/** Axes of 1 behind the batch, until the rank is reached: then vectors broadcast over steps. */
function withRank(x: Tensor, rank: number): Tensor {
  return x.rank === rank ? x : withRank(expandDims(x, 1), rank);
}

function overFeatures(mask: Tensor, x: Tensor): Tensor {
  return broadcastTo(expandDims(mask, -1), x.shape);
}

/** The sum of inputs that broadcast, of any rank. As Keras 3. */
export const add = defineMerging('Add', (inputs) => inputs.reduce(plus));

/** The first input minus the second. As Keras 3. */
export const subtract = defineMerging('Subtract', (inputs) => sub(at(inputs, 0), at(inputs, 1)), 'two');

/** The mean of inputs that broadcast. As Keras 3. */
export const average = defineMerging('Average', (inputs) => div(inputs.reduce(plus), inputs.length));

/** The product of inputs that broadcast; a masked step counts as 1, or 0 if it is masked everywhere. As Keras 3. */
export const multiply = defineMerging('Multiply', (inputs, masks) => {
  const product = inputs
    .map((x, i) => {
      const mask = masks[i];
      return mask ? where(overFeatures(mask, x), x, 1) : x;
    })
    .reduce(mul);
  const mask = mergedMask(masks);
  return mask ? where(overFeatures(mask, product), product, 0) : product;
});

/** The largest of inputs that broadcast, of steps that are not masked. As Keras 3. */
export const maximum = defineMerging('Maximum', (inputs, masks) => extremes(larger, inputs, masks));

/** The smallest of inputs that broadcast, of steps that are not masked. As Keras 3. */
export const minimum = defineMerging('Minimum', (inputs, masks) => extremes(smaller, inputs, masks));

/** Where one side is masked, the other side decides. */
function extremes(choose: typeof larger, inputs: readonly Tensor[], masks: readonly Mask[]): Tensor {
  const shown = inputs.map((x, i) => {
    const mask = masks[i];
    return mask && overFeatures(mask, x);
  });
  let result = at(inputs, 0);
  let known = shown[0];
  inputs.slice(1).forEach((next, i) => {
    const mask = shown[i + 1];
    const right = mask ? where(mask, next, result) : next;
    const left = known ? where(known, result, right) : result;
    result = choose(left, right);
    known = mask && known && logicalOr(known, mask);
  });
  return result;
}
