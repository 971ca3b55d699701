import { k, registerOf } from '../../graph/kernel/expr.ts';
import { type LoopProgram, loop, loops, position, store } from '../../graph/kernel/loops.ts';
import type { Aval, Node } from '../../graph/node.ts';
import { apply, type LoopPrimitive } from '../../graph/primitive.ts';
import { at, invariant } from '../../util/errors.ts';
import { rowMajorStrides, sizeOf } from '../../util/shapes.ts';
import { applicable } from '../define.ts';
import { slice } from './views.ts';

export type PadAttrs = {
  /** Zeros before the first element of each axis; negative crops. */
  readonly low: readonly number[];
  /** Zeros after the last element of each axis; negative crops. */
  readonly high: readonly number[];
  /** Zeros between neighbours of each axis. */
  readonly interior: readonly number[];
};

const padPrimitive: LoopPrimitive<PadAttrs> = {
  kind: 'loops',
  name: 'pad',
  infer: ([x], attrs) => {
    invariant(x && attrs.low.length === x.shape.length, 'pad of another rank');
    return { shape: x.shape.map((extent, axis) => paddedExtent(extent, axis, attrs)), dtype: x.dtype };
  },
  gradient: ({ inputs: [x], cotangent, attrs }) => {
    invariant(
      x && attrs.low.every((low) => low >= 0) && attrs.high.every((high) => high >= 0),
      'gradient of a crop',
    );
    const step = attrs.interior.map((gap) => gap + 1);
    return [slice(cotangent, { start: attrs.low, step, shape: x.shape })];
  },
  batch: ({ inputs: [x], attrs: { low, high, interior } }) => {
    invariant(x, 'pad without input');
    return pad(x, { low: [0, ...low], high: [0, ...high], interior: [0, ...interior] });
  },
  reference: ([x], attrs, output) => {
    invariant(x, 'pad without input');
    const result = new Float64Array(sizeOf(output.shape));
    const from = rowMajorStrides(x.shape);
    const to = rowMajorStrides(output.shape);
    x.data.forEach((value, flat) => {
      let target = 0;
      for (let axis = 0; axis < x.shape.length; axis++) {
        const i = Math.floor(flat / at(from, axis)) % at(x.shape, axis);
        const j = at(attrs.low, axis) + i * (at(attrs.interior, axis) + 1);
        if (j < 0 || j >= at(output.shape, axis)) return;
        target += j * at(to, axis);
      }
      result[target] = value;
    });
    return result;
  },
  lower: ([x], attrs, output) => {
    invariant(x, 'pad without input');
    return lowerPad(x, attrs, output);
  },
};

/** Surrounds and interleaves with zeros; the linear transpose of `slice`. */
export const pad = applicable(padPrimitive, (x: Node, attrs: PadAttrs) => {
  const nothing = [...attrs.low, ...attrs.high, ...attrs.interior].every((amount) => amount === 0);
  return nothing ? x : apply(padPrimitive, [x], attrs);
});

function paddedExtent(extent: number, axis: number, { low, high, interior }: PadAttrs): number {
  const stretched = extent === 0 ? 0 : extent + (extent - 1) * at(interior, axis);
  return stretched + at(low, axis) + at(high, axis);
}

/** The elements of an axis that stay inside: first index and count. */
function survivors(
  extent: number,
  target: number,
  low: number,
  step: number,
): { first: number; count: number } {
  const first = low < 0 ? Math.ceil(-low / step) : 0;
  const last = Math.min(extent - 1, Math.floor((target - 1 - low) / step));
  return { first, count: Math.max(0, last - first + 1) };
}

/** Fills with zeros, then copies what survives. Divisible along an untouched first axis. */
function lowerPad(x: Aval, { low, high, interior }: PadAttrs, output: Aval): LoopProgram {
  const untouched = x.shape.length > 1 && low[0] === 0 && high[0] === 0 && interior[0] === 0;
  const extent = untouched ? at(x.shape, 0) : 1;
  const steps = interior.map((gap) => gap + 1);
  const kept = x.shape.map((size, axis) =>
    survivors(size, at(output.shape, axis), at(low, axis), at(steps, axis)),
  );
  const from = rowMajorStrides(x.shape);
  const to = rowMajorStrides(output.shape);
  const source = kept.reduce((sum, { first }, axis) => sum + first * at(from, axis), 0);
  const target = kept.reduce(
    (sum, { first }, axis) => sum + (first * at(steps, axis) + at(low, axis)) * at(to, axis),
    0,
  );
  const zero = k.constant(registerOf(output.dtype), 0);
  const access = untouched ? 'rows' : 'whole';
  return {
    extent,
    inputs: [access],
    output: access,
    body(_first, rows) {
      const rowSize = sizeOf(output.shape) / Math.max(1, untouched ? extent : 1);
      const counts = kept.map(({ count }, axis) => (untouched && axis === 0 ? rows : count));
      return [
        loop(k.mul(rows, k.int(rowSize)), (i) => [store(1, output.dtype, position([i], [1]), zero)], true),
        ...loops(counts, (at_) => [
          store(
            1,
            output.dtype,
            position(
              at_,
              to.map((stride, axis) => stride * at(steps, axis)),
              target,
            ),
            k.load(0, x.dtype, position(at_, from, source)),
          ),
        ]),
      ];
    },
  };
}
