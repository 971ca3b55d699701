import { reshapeView } from '../../graph/kernel/view.ts';
import type { Node } from '../../graph/node.ts';
import { apply, type ViewPrimitive } from '../../graph/primitive.ts';
import { at, invariant } from '../../util/errors.ts';
import { type Shape, sameShape, sizeOf } from '../../util/shapes.ts';
import { applicable } from '../define.ts';
import { sum } from '../reduction/reduce.ts';
import { pad } from './pad.ts';

type ShapeAttrs = { readonly shape: Shape };

const reshapePrimitive: ViewPrimitive<ShapeAttrs> = {
  kind: 'view',
  name: 'reshape',
  infer: ([x], { shape }) => {
    invariant(x && sizeOf(x.shape) === sizeOf(shape), 'reshape to another size');
    return { shape, dtype: x.dtype };
  },
  gradient: ({ inputs: [x], cotangent }) => [x ? reshape(cotangent, x.shape) : null],
  batch: ({ inputs: [x], size, attrs: { shape } }) => reshape(present(x), [size, ...shape]),
  view: reshapeWithShape,
};

function reshapeWithShape(view: Parameters<ViewPrimitive['view']>[0], { shape }: ShapeAttrs) {
  return reshapeView(view, shape);
}

/** The same elements in row-major order under another shape of the same size. */
export const reshape = applicable(reshapePrimitive, (x: Node, shape: Shape) =>
  sameShape(x.shape, shape) ? x : apply(reshapePrimitive, [x], { shape }),
);

type PermutationAttrs = { readonly permutation: readonly number[] };

const transposePrimitive: ViewPrimitive<PermutationAttrs> = {
  kind: 'view',
  name: 'transpose',
  infer: ([x], { permutation }) => {
    invariant(x && permutation.length === x.shape.length, 'transpose of another rank');
    return { shape: permutation.map((axis) => at(x.shape, axis)), dtype: x.dtype };
  },
  gradient: ({ cotangent, attrs }) => [transpose(cotangent, invertPermutation(attrs.permutation))],
  batch: ({ inputs: [x], attrs: { permutation } }) => transpose(present(x), [0, ...behindBatch(permutation)]),
  view: (view, { permutation }, shape) => ({
    offset: view.offset,
    shape,
    strides: permutation.map((axis) => at(view.strides, axis)),
  }),
};

/** Axis `i` of the result is axis `permutation[i]` of `x`. */
export const transpose = applicable(transposePrimitive, (x: Node, permutation: readonly number[]) =>
  permutation.every((axis, i) => axis === i) ? x : apply(transposePrimitive, [x], { permutation }),
);

function invertPermutation(permutation: readonly number[]): number[] {
  const inverse = new Array<number>(permutation.length);
  permutation.forEach((axis, i) => {
    inverse[axis] = i;
  });
  return inverse;
}

const broadcastPrimitive: ViewPrimitive<ShapeAttrs> = {
  kind: 'view',
  name: 'broadcastTo',
  infer: ([x], { shape }) => {
    invariant(x && x.shape.length <= shape.length, 'broadcast to a lower rank');
    return { shape, dtype: x.dtype };
  },
  gradient: ({ inputs: [x], cotangent }) => [x ? sumTo(cotangent, x.shape) : null],
  batch: ({ inputs: [x], size, attrs: { shape } }) => {
    const [, ...own] = present(x).shape;
    const added = new Array<number>(shape.length - own.length).fill(1);
    return broadcastTo(reshape(present(x), [size, ...added, ...own]), [size, ...shape]);
  },
  view: (view, _attrs, shape) => {
    const added = shape.length - view.shape.length;
    const strides = shape.map((extent, axis) => {
      const source = axis - added;
      if (source < 0) return 0;
      return view.shape[source] === extent ? at(view.strides, source) : 0;
    });
    return { offset: view.offset, shape, strides };
  },
};

/** Repeats axes of extent 1 and new leading axes without copying. */
export const broadcastTo = applicable(broadcastPrimitive, (x: Node, shape: Shape) =>
  sameShape(x.shape, shape) ? x : apply(broadcastPrimitive, [x], { shape }),
);

/** Sums `x` over the axes along which `shape` was broadcast to it. */
function sumTo(x: Node, shape: Shape): Node {
  if (sameShape(x.shape, shape)) return x;
  const added = x.shape.length - shape.length;
  const axes = x.shape.flatMap((extent, axis) =>
    axis < added || shape[axis - added] !== extent ? [axis] : [],
  );
  return reshape(sum(x, axes), shape);
}

type SliceAttrs = {
  readonly start: readonly number[];
  readonly step: readonly number[];
  readonly shape: Shape;
};

const slicePrimitive: ViewPrimitive<SliceAttrs> = {
  kind: 'view',
  name: 'slice',
  infer: ([x], { shape }) => {
    invariant(x && x.shape.length === shape.length, 'slice of another rank');
    return { shape, dtype: x.dtype };
  },
  gradient: ({ inputs: [x], cotangent, attrs: { start, step } }) => {
    invariant(x, 'slice without input');
    const high = x.shape.map((extent, axis) => {
      const taken = at(cotangent.shape, axis);
      return taken === 0
        ? extent - at(start, axis)
        : extent - at(start, axis) - (taken - 1) * at(step, axis) - 1;
    });
    return [pad(cotangent, { low: start, high, interior: step.map((s) => s - 1) })];
  },
  batch: ({ inputs: [x], size, attrs: { start, step, shape } }) =>
    slice(present(x), { start: [0, ...start], step: [1, ...step], shape: [size, ...shape] }),
  view: (view, { start, step }, shape) => ({
    offset: view.offset + start.reduce((sum, from, axis) => sum + from * at(view.strides, axis), 0),
    shape,
    strides: view.strides.map((stride, axis) => stride * at(step, axis)),
  }),
};

/** Element `i` of the result is element `start + i * step` of `x`, along every axis; steps are positive. */
export const slice = applicable(slicePrimitive, (x: Node, attrs: SliceAttrs) => {
  const whole = sameShape(attrs.shape, x.shape) && attrs.step.every((step) => step === 1);
  return whole ? x : apply(slicePrimitive, [x], attrs);
});

type AxesAttrs = { readonly axes: readonly number[] };

const flipPrimitive: ViewPrimitive<AxesAttrs> = {
  kind: 'view',
  name: 'flip',
  infer: ([x]) => {
    invariant(x, 'flip without input');
    return { shape: x.shape, dtype: x.dtype };
  },
  gradient: ({ cotangent, attrs }) => [flip(cotangent, attrs.axes)],
  batch: ({ inputs: [x], attrs: { axes } }) => flip(present(x), behindBatch(axes)),
  view: (view, { axes }, shape) => {
    const last = (axis: number) => (at(view.shape, axis) - 1) * at(view.strides, axis);
    return {
      offset: view.offset + (sizeOf(shape) === 0 ? 0 : axes.reduce((sum, axis) => sum + last(axis), 0)),
      shape,
      strides: view.strides.map((stride, axis) => (axes.includes(axis) ? -stride : stride)),
    };
  },
};

/** Reverses the order along `axes`. */
export const flip = applicable(flipPrimitive, (x: Node, axes: readonly number[]) =>
  axes.length === 0 ? x : apply(flipPrimitive, [x], { axes }),
);

function present(x: Node | undefined): Node {
  invariant(x, 'a view without input');
  return x;
}

/** Axis numbers once a batch stands in front. */
const behindBatch = (axes: readonly number[]): number[] => axes.map((axis) => axis + 1);
