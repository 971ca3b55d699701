import { type Expr, type Index, k, registerOf, type Variable } from '../../graph/kernel/expr.ts';
import {
  accumulator,
  assign,
  type LoopProgram,
  loop,
  position,
  type Statement,
  store,
} from '../../graph/kernel/loops.ts';
import type { Aval, Node } from '../../graph/node.ts';
import { apply, type LoopPrimitive } from '../../graph/primitive.ts';
import type { DType } from '../../util/dtypes.ts';
import { at, invariant } from '../../util/errors.ts';
import { type Shape, sizeOf } from '../../util/shapes.ts';
import { batchedInput } from '../batching.ts';
import { type Applicable, applicable } from '../define.ts';
import { mul } from '../elementwise/arithmetic.ts';
import { pad } from '../structure/pad.ts';
import { flip, slice } from '../structure/views.ts';

export type AxisAttrs = { readonly axis: number };

/** Extents before, along and behind an axis. */
export interface Along {
  readonly outer: number;
  readonly extent: number;
  readonly inner: number;
}

export function along(shape: Shape, axis: number): Along {
  return {
    outer: sizeOf(shape.slice(0, axis)),
    extent: at(shape, axis),
    inner: sizeOf(shape.slice(axis + 1)),
  };
}

/** Calls `step` with the place of every element and of its predecessor (-1 at the start), in order along the axis. */
export function walk({ shape }: Aval, axis: number, step: (flat: number, previous: number) => void): void {
  const { extent, inner } = along(shape, axis);
  for (let flat = 0; flat < sizeOf(shape); flat++) {
    step(flat, Math.floor(flat / inner) % extent === 0 ? -1 : flat - inner);
  }
}

/** The element at a place, from the inputs there and its predecessor, if there is one. */
type Recurrence = (load: (buffer: number) => Expr, previous: Expr | null) => Expr;

interface Line extends Along {
  readonly dtype: DType;
  /** The buffer that takes the result: the one behind the inputs. */
  readonly target: number;
  readonly next: Recurrence;
}

/** Many lines side by side, a plane of them from the plane before. */
function planes({ extent, inner, dtype, target, next }: Line, row: Variable): Statement[] {
  // code generation keeps addresses by place, so that two buffers must not share one
  const loadAt = (place: () => Index) => (buffer: number) => k.load(buffer, dtype, place());
  const first = loop(
    inner,
    (j) => {
      const place = () => position([row, j], [extent * inner, 1]);
      return [store(target, dtype, place(), next(loadAt(place), null))];
    },
    true,
  );
  const rest = loop(extent - 1, (i) => [
    loop(
      inner,
      (j) => {
        const strides = [extent * inner, inner, 1];
        const place = () => position([row, i, j], strides, inner);
        const previous = k.load(target, dtype, position([row, i, j], strides));
        return [store(target, dtype, place(), next(loadAt(place), previous))];
      },
      true,
    ),
  ]);
  return [first, rest];
}

/** One line with a running value. */
function running({ extent, dtype, target, next }: Line, row: Variable): Statement[] {
  const value = accumulator(registerOf(dtype));
  const step = (place: () => Index, previous: Expr | null) => [
    assign(
      value,
      next((buffer) => k.load(buffer, dtype, place()), previous),
    ),
    store(target, dtype, place(), k.read(value)),
  ];
  return [
    ...step(() => position([row], [extent]), null),
    loop(extent - 1, (i) => step(() => position([row, i], [extent, 1], 1), k.read(value))),
  ];
}

/** A recurrence along an axis as loops; the inputs have the shape and dtype of the output. */
function lowerRecurrence(
  { shape, dtype }: Aval,
  { axis }: AxisAttrs,
  inputs: number,
  next: Recurrence,
): LoopProgram {
  const line = { ...along(shape, axis), dtype, target: inputs, next };
  const access = axis > 0 ? 'rows' : 'whole';
  return {
    extent: axis > 0 ? line.outer : 1,
    inputs: new Array<typeof access>(inputs).fill(access),
    output: access,
    body: (_first, rows) =>
      sizeOf(shape) === 0
        ? []
        : [loop(rows, (row) => (line.inner === 1 ? running(line, row) : planes(line, row)))],
  };
}

const cumsumPrimitive: LoopPrimitive<AxisAttrs> = {
  kind: 'loops',
  name: 'cumsum',
  infer: ([x]) => {
    invariant(x && x.dtype !== 'bool', 'cumsum wants numbers');
    return { shape: x.shape, dtype: x.dtype };
  },
  gradient: ({ cotangent, attrs: { axis } }) => [flip(cumsum(flip(cotangent, [axis]), axis), [axis])],
  batch: (context) => cumsum(batchedInput(context, 0), context.attrs.axis + 1),
  reference: ([x], { axis }, output) => {
    invariant(x, 'cumsum without input');
    const result = new Float64Array(x.data.length);
    walk(output, axis, (flat, previous) => {
      result[flat] = (previous < 0 ? 0 : at(result, previous)) + at(x.data, flat);
    });
    return result;
  },
  lower: (_inputs, attrs, output) =>
    lowerRecurrence(output, attrs, 1, (load, previous) => (previous ? k.add(previous, load(0)) : load(0))),
};

/** Sums of the elements up to and including each, along an axis. Integers wrap. */
export const cumsum: Applicable<[x: Node, axis: number]> = applicable(
  cumsumPrimitive,
  (x: Node, axis: number) => apply(cumsumPrimitive, [x], { axis }),
);

const linearScanPrimitive: LoopPrimitive<AxisAttrs> = {
  kind: 'loops',
  name: 'linearScan',
  infer: ([a, b]) => {
    invariant(a && b && a.dtype === b.dtype && a.dtype !== 'bool', 'linearScan wants two of one dtype');
    return { shape: b.shape, dtype: b.dtype };
  },
  gradient: ({ inputs: [a], output, cotangent, attrs: { axis }, wants }) => {
    invariant(a, 'linearScan without inputs');
    const later = flip(shifted(a, axis, 1), [axis]);
    const total = flip(linearScan(later, flip(cotangent, [axis]), axis), [axis]);
    return [wants(0) ? mul(total, shifted(output, axis, -1)) : null, total];
  },
  batch: (context) => linearScan(batchedInput(context, 0), batchedInput(context, 1), context.attrs.axis + 1),
  reference: ([a, b], { axis }, output) => {
    invariant(a && b, 'linearScan without inputs');
    const result = new Float64Array(b.data.length);
    walk(output, axis, (flat, previous) => {
      const carried = previous < 0 ? 0 : at(a.data, flat) * at(result, previous);
      result[flat] = carried + at(b.data, flat);
    });
    return result;
  },
  lower: (_inputs, attrs, output) =>
    lowerRecurrence(output, attrs, 2, (load, previous) =>
      previous ? k.add(k.mul(load(0), previous), load(1)) : load(1),
    ),
};

/** y[i] = a[i] y[i-1] + b[i] along an axis, with y[0] = b[0]: running products, decaying sums, returns. */
export const linearScan: Applicable<[a: Node, b: Node, axis: number]> = applicable(
  linearScanPrimitive,
  (a: Node, b: Node, axis: number) => apply(linearScanPrimitive, [a, b], { axis }),
);

/** Element i of the result is element i + places of x, 0 where there is none. */
function shifted(x: Node, axis: number, places: 1 | -1): Node {
  const extent = at(x.shape, axis);
  if (extent === 0) return x;
  const only = (value: number) => x.shape.map((_, i) => (i === axis ? value : 0));
  const shape = x.shape.with(axis, extent - 1);
  const kept = slice(x, { start: only(places > 0 ? 1 : 0), step: x.shape.map(() => 1), shape });
  return pad(kept, { low: only(places > 0 ? 0 : 1), high: only(places > 0 ? 1 : 0), interior: only(0) });
}
