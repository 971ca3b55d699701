import { k } from '../../graph/kernel/expr.ts';
import type { Node } from '../../graph/node.ts';
import {
  apply,
  type GradientContext,
  type ReduceAttrs,
  type ReducePrimitive,
} from '../../graph/primitive.ts';
import { type DType, isFloat } from '../../util/dtypes.ts';
import { invariant } from '../../util/errors.ts';
import type { Shape } from '../../util/shapes.ts';
import { type Applicable, applicable } from '../define.ts';
import { cast, div, full, mul, select } from '../elementwise/arithmetic.ts';
import { eq } from '../elementwise/compare.ts';
import { broadcastTo, reshape } from '../structure/views.ts';
import { productOfOthers } from './product-gradient.ts';

type ReduceDefinition = Omit<ReducePrimitive, 'kind' | 'infer'>;

/** Defines a fold over axes; the axes leave the shape. */
function reduction(definition: ReduceDefinition): Applicable<[x: Node, axes: readonly number[]]> {
  const primitive: ReducePrimitive = {
    kind: 'reduce',
    ...definition,
    infer: ([x], { axes }) => {
      invariant(x && x.dtype !== 'bool', `${definition.name} of bool`);
      return { shape: x.shape.filter((_, axis) => !axes.includes(axis)), dtype: x.dtype };
    },
  };
  return applicable(primitive, (x, axes) => (axes.length === 0 ? x : apply(primitive, [x], { axes })));
}

/** Repeats a reduced value along the axes it was reduced over. */
function spread(reduced: Node, axes: readonly number[], shape: Shape): Node {
  const kept = shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
  return broadcastTo(reshape(reduced, kept), shape);
}

/** Sum; 0 of nothing. */
export const sum = reduction({
  name: 'sum',
  identity: () => 0,
  combine: (a, b) => a + b,
  lowerCombine: (a, b) => k.add(a, b),
  gradient: ({ inputs: [x], cotangent, attrs }) => [x ? spread(cotangent, attrs.axes, x.shape) : null],
});

/** The cotangent goes to the extreme elements, shared equally between ties. */
function extremeGradient({ inputs: [x], output, cotangent, attrs }: GradientContext<ReduceAttrs>) {
  invariant(x, 'reduction without input');
  const hit = eq(x, spread(output, attrs.axes, x.shape));
  const share = div(cotangent, sum(cast(hit, x.dtype), attrs.axes));
  return [select(hit, spread(share, attrs.axes, x.shape), full(x, 0))];
}

/** Largest element; NaN if any is NaN; the lowest value of the dtype of nothing. */
export const reduceMax = reduction({
  name: 'reduceMax',
  identity: lowest,
  combine: Math.max,
  lowerCombine: (a, b) => k.max(a, b),
  gradient: extremeGradient,
});

/** Smallest element; NaN if any is NaN; the highest value of the dtype of nothing. */
export const reduceMin = reduction({
  name: 'reduceMin',
  identity: (dtype) => (dtype === 'uint8' ? 255 : dtype === 'int32' ? 2 ** 31 - 1 : Infinity),
  combine: Math.min,
  lowerCombine: (a, b) => k.min(a, b),
  gradient: extremeGradient,
});

function lowest(dtype: DType): number {
  if (isFloat(dtype)) return -Infinity;
  return dtype === 'int32' ? -(2 ** 31) : 0;
}

/** Product; 1 of nothing. */
export const prod = reduction({
  name: 'prod',
  identity: () => 1,
  combine: (a, b) => a * b,
  lowerCombine: (a, b) => k.mul(a, b),
  gradient: ({ inputs: [x], cotangent, attrs }) =>
    x ? [mul(spread(cotangent, attrs.axes, x.shape), productOfOthers(x, attrs.axes))] : [null],
});
