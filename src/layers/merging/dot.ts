import { einsum } from '../../ops/linalg/einsum.ts';
import { maximum, mul, square } from '../../ops/math/arithmetic.ts';
import { rsqrt } from '../../ops/math/math.ts';
import { sum } from '../../ops/reduce/reduce.ts';
import { expandDims } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { normalizeAxis } from '../../util/shapes.ts';
import { type BatchShape, formatBatchShapes } from '../batch-shape.ts';
import { defineMultiLayer } from '../define-layer.ts';
import { requireInputs } from './inputs.ts';

/** Options of `dot`. */
export interface DotConfig {
  /** The axis of both inputs, or of each, that is summed over; not the batch. */
  readonly axes: number | readonly [number, number];
  /** Whether inputs are divided by their length along that axis first: then the result is a cosine. */
  readonly normalize: boolean;
}

/**
 * Dot products of two inputs, example by example: [batch, ...a] and [batch, ...b] without the axes that are
 * summed over give [batch, ...a, ...b], at least [batch, 1]. As Keras 3.
 */
export const dot = defineMultiLayer({
  type: 'Dot',
  required: ['axes'],
  defaults: { normalize: false },
  inputs: 'several',
  supportsMasking: true,
  check({ axes }: DotConfig, where) {
    const list: unknown[] = [axes].flat();
    if ((typeof axes === 'number' || list.length === 2) && list.every((axis) => Number.isInteger(axis)))
      return;
    throw new AntlerValueError({
      where,
      expected: 'axes, one or two whole numbers',
      got: `[${list.join(', ')}]`,
    });
  },
  build({ axes }, shapes) {
    requireInputs(shapes, 'two');
    requireSameExtent(shapes, axesOf(axes, shapes));
    return {};
  },
  call({ config: { axes, normalize } }, inputs) {
    const [left, right] = axesOf(
      axes,
      inputs.map(({ shape }) => shape),
    );
    const [a, b] = [at(inputs, 0), at(inputs, 1)];
    return normalize
      ? batchDot(toUnitLength(a, left), toUnitLength(b, right), left, right)
      : batchDot(a, b, left, right);
  },
  computeMask: () => undefined,
});

function axesOf(axes: DotConfig['axes'], shapes: readonly BatchShape[]): [number, number] {
  const [left, right] = typeof axes === 'number' ? [axes, axes] : axes;
  return [axisOf(left, at(shapes, 0)), axisOf(right, at(shapes, 1))];
}

function axisOf(axis: number, shape: BatchShape): number {
  const place = normalizeAxis(axis, shape.length, 'axes');
  if (place > 0) return place;
  throw new AntlerValueError({ where: 'axes', expected: 'an axis behind the batch', got: `${axis}` });
}

function requireSameExtent(shapes: readonly BatchShape[], [left, right]: readonly [number, number]): void {
  const [m, n] = [at(shapes, 0)[left], at(shapes, 1)[right]];
  if (m === n || !m || !n) return;
  throw new AntlerShapeError({
    where: 'input',
    expected: `axis ${left} of the first as long as axis ${right} of the second`,
    got: formatBatchShapes(shapes),
  });
}

/** Keras's bound of lengths, which keeps zeros finite. */
const SHORTEST = 1e-7;

function toUnitLength(x: Tensor, axis: number): Tensor {
  return mul(x, rsqrt(maximum(sum(square(x), { axis, keepDims: true }), SHORTEST ** 2)));
}

function batchDot(a: Tensor, b: Tensor, left: number, right: number): Tensor {
  const letter = (index: number) => String.fromCharCode('a'.charCodeAt(0) + index);
  const [batch, summed] = [letter(0), letter(1)];
  const first = a.shape.map((_, axis) => (axis === 0 ? batch : axis === left ? summed : letter(1 + axis)));
  const second = b.shape.map((_, axis) =>
    axis === 0 ? batch : axis === right ? summed : letter(1 + a.rank + axis),
  );
  const kept = [...first, ...second].filter((name) => name !== batch && name !== summed);
  const product = einsum(`${first.join('')},${second.join('')}->${[batch, ...kept].join('')}`, a, b);
  return product.rank === 1 ? expandDims(product, 1) : product;
}
