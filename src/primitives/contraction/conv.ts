import { type Expr, k, registerOf, type Variable } from '../../graph/kernel/expr.ts';
import {
  type LoopProgram,
  loop,
  loops,
  position,
  type Statement,
  store,
  when,
} from '../../graph/kernel/loops.ts';
import type { Aval, Node } from '../../graph/node.ts';
import { apply, type HostValue, type LoopPrimitive } from '../../graph/primitive.ts';
import { at, invariant } from '../../util/errors.ts';
import { rowMajorStrides, type Shape, sizeOf } from '../../util/shapes.ts';
import { applicable } from '../define.ts';
import { batchConv, batchConvInputGradient, batchConvKernelGradient } from './conv-batch.ts';
import { forEachPosition } from './positions.ts';

/** One entry a spatial axis. Padding is [before, after], in elements. */
export type ConvAttrs = {
  readonly strides: readonly number[];
  readonly padding: readonly (readonly [number, number])[];
  readonly dilation: readonly number[];
  readonly groups: number;
};

export type InputGradientAttrs = ConvAttrs & { readonly inputShape: Shape };
export type KernelGradientAttrs = ConvAttrs & { readonly kernelShape: Shape };

/** Output extent along one spatial axis. */
export function convExtent(
  extent: number,
  window: number,
  stride: number,
  dilation: number,
  [low, high]: readonly [number, number],
): number {
  return Math.max(0, Math.floor((extent + low + high - dilation * (window - 1) - 1) / stride) + 1);
}

/** Shape of a convolution: x [batch, ...spatial, channels], kernel [...window, channels / groups, filters]. */
export function convShape(x: Shape, kernel: Shape, attrs: ConvAttrs): number[] {
  const spatial = attrs.strides.map((stride, axis) =>
    convExtent(at(x, axis + 1), at(kernel, axis), stride, at(attrs.dilation, axis), at(attrs.padding, axis)),
  );
  return [at(x, 0), ...spatial, at(kernel, -1)];
}

/**
 * Convolution y[n, p, o] = sum over window positions q and channels c of x[n, p * stride + q * dilation - low, c] w[q, c, o]
 * (a correlation, as everywhere in deep learning), channels last, any number of spatial axes.
 */
const convPrimitive: LoopPrimitive<ConvAttrs> = {
  kind: 'loops',
  name: 'conv',
  infer: ([x, kernel], attrs) => {
    invariant(x && kernel && x.dtype === kernel.dtype, 'conv of unlike inputs');
    return { shape: convShape(x.shape, kernel.shape, attrs), dtype: x.dtype };
  },
  gradient: ({ inputs: [x, kernel], cotangent, attrs, wants }) => {
    invariant(x && kernel, 'conv without inputs');
    return [
      wants(0) ? convInputGradient(cotangent, kernel, { ...attrs, inputShape: x.shape }) : null,
      wants(1) ? convKernelGradient(x, cotangent, { ...attrs, kernelShape: kernel.shape }) : null,
    ];
  },
  batch: batchConv,
  reference: ([x, kernel], attrs, output) => {
    invariant(x && kernel, 'conv without inputs');
    return correlate({ x, kernel, y: fresh(output) }, attrs, 'y');
  },
  lower: ([x, kernel], attrs, output) => {
    invariant(x && kernel, 'conv without inputs');
    return lowerConv({ x: x.shape, kernel: kernel.shape, y: output.shape }, attrs, output, [
      'x',
      'kernel',
      'y',
    ]);
  },
};

/** The product of all x and w that meet in y; linear in both. */
export const conv = applicable(convPrimitive, (x: Node, kernel: Node, attrs: ConvAttrs) =>
  apply(convPrimitive, [x, kernel], attrs),
);

const inputGradientPrimitive: LoopPrimitive<InputGradientAttrs> = {
  kind: 'loops',
  name: 'convInputGradient',
  infer: ([y], { inputShape }) => {
    invariant(y, 'convInputGradient without input');
    return { shape: inputShape, dtype: y.dtype };
  },
  gradient: ({ inputs: [y, kernel], cotangent, attrs, wants }) => {
    invariant(y && kernel, 'convInputGradient without inputs');
    return [
      wants(0) ? conv(cotangent, kernel, convAttrs(attrs)) : null,
      wants(1) ? convKernelGradient(cotangent, y, { ...convAttrs(attrs), kernelShape: kernel.shape }) : null,
    ];
  },
  batch: batchConvInputGradient,
  reference: ([y, kernel], attrs, output) => {
    invariant(y && kernel, 'convInputGradient without inputs');
    return correlate({ x: fresh(output), kernel, y }, attrs, 'x');
  },
  lower: ([y, kernel], attrs, output) => {
    invariant(y && kernel, 'convInputGradient without inputs');
    return lowerConv({ x: output.shape, kernel: kernel.shape, y: y.shape }, attrs, output, [
      'y',
      'kernel',
      'x',
    ]);
  },
};

/** The transpose of `conv` in its input: cotangent of y to cotangent of x (a transposed convolution). */
export const convInputGradient = applicable(
  inputGradientPrimitive,
  (y: Node, kernel: Node, attrs: InputGradientAttrs) => apply(inputGradientPrimitive, [y, kernel], attrs),
);

const kernelGradientPrimitive: LoopPrimitive<KernelGradientAttrs> = {
  kind: 'loops',
  name: 'convKernelGradient',
  infer: ([x], { kernelShape }) => {
    invariant(x, 'convKernelGradient without input');
    return { shape: kernelShape, dtype: x.dtype };
  },
  gradient: ({ inputs: [x, y], cotangent, attrs, wants }) => {
    invariant(x && y, 'convKernelGradient without inputs');
    return [
      wants(0) ? convInputGradient(y, cotangent, { ...convAttrs(attrs), inputShape: x.shape }) : null,
      wants(1) ? conv(x, cotangent, convAttrs(attrs)) : null,
    ];
  },
  batch: batchConvKernelGradient,
  reference: ([x, y], attrs, output) => {
    invariant(x && y, 'convKernelGradient without inputs');
    return correlate({ x, kernel: fresh(output), y }, attrs, 'kernel');
  },
  lower: ([x, y], attrs, output) => {
    invariant(x && y, 'convKernelGradient without inputs');
    return lowerConv({ x: x.shape, kernel: output.shape, y: y.shape }, attrs, output, ['x', 'y', 'kernel']);
  },
};

/** The transpose of `conv` in its kernel: x and the cotangent of y to the cotangent of the kernel. */
export const convKernelGradient = applicable(
  kernelGradientPrimitive,
  (x: Node, y: Node, attrs: KernelGradientAttrs) => apply(kernelGradientPrimitive, [x, y], attrs),
);

function convAttrs({ strides, padding, dilation, groups }: ConvAttrs): ConvAttrs {
  return { strides, padding, dilation, groups };
}

type Role = 'x' | 'kernel' | 'y';

function fresh(output: Aval): HostValue {
  return { ...output, data: new Float64Array(sizeOf(output.shape)) };
}

/** The triple product sum x[..] * kernel[..] * y[..] without one factor: the convolution and both its transposes. */
function correlate(values: Record<Role, HostValue>, attrs: ConvAttrs, target: Role): Float64Array {
  const { x, kernel, y } = values;
  const window = kernel.shape.slice(0, -2);
  const perGroup = at(kernel.shape, -1) / attrs.groups;
  const channels = at(kernel.shape, -2);
  const strides = {
    x: rowMajorStrides(x.shape),
    kernel: rowMajorStrides(kernel.shape),
    y: rowMajorStrides(y.shape),
  };
  const result = values[target].data;
  const [a, b] = (['x', 'kernel', 'y'] as const).filter((role) => role !== target);
  invariant(a && b, 'two factors');
  const offset = (role: Role, position: readonly number[]) =>
    position.reduce((sum, i, axis) => sum + i * at(strides[role], axis), 0);
  forEachPosition(y.shape, (output) => {
    const filter = at(output, -1);
    const firstChannel = Math.floor(filter / perGroup) * channels;
    forEachPosition(window, (tap) => {
      const spatial = tap.map((i, axis) => inputPosition(at(output, axis + 1), i, axis, attrs));
      if (spatial.some((i, axis) => i < 0 || i >= at(x.shape, axis + 1))) return;
      const places = {
        x: offset('x', [at(output, 0), ...spatial, firstChannel]),
        kernel: offset('kernel', [...tap, 0, filter]),
        y: offset('y', output),
      };
      for (let channel = 0; channel < channels; channel++) {
        result[places[target]] =
          at(result, places[target]) + at(values[a].data, places[a]) * at(values[b].data, places[b]);
        places.x++;
        places.kernel += at(kernel.shape, -1);
      }
    });
  });
  return result;
}

function inputPosition(
  output: number,
  tap: number,
  axis: number,
  { strides, dilation, padding }: ConvAttrs,
): number {
  return output * at(strides, axis) + tap * at(dilation, axis) - at(at(padding, axis), 0);
}

/** The same triple product as loops. Buffers stand in the order of `roles`, the target last. */
function lowerConv(
  shapes: Record<Role, Shape>,
  attrs: ConvAttrs,
  { dtype, shape }: Aval,
  roles: readonly [Role, Role, Role],
): LoopProgram {
  const access = (role: Role) => (role === 'kernel' ? 'whole' : 'rows');
  const overBatch = roles[2] !== 'kernel';
  const batch = at(shapes.x, 0);
  return {
    extent: overBatch ? batch : 1,
    inputs: overBatch ? [access(roles[0]), access(roles[1])] : ['whole', 'whole'],
    output: overBatch ? 'rows' : 'whole',
    body(_first, rows) {
      const size = overBatch ? k.mul(rows, k.int(sizeOf(shape) / Math.max(1, batch))) : k.int(sizeOf(shape));
      const zero = k.constant(registerOf(dtype), 0);
      return [
        loop(size, (i) => [store(2, dtype, position([i], [1]), zero)], true),
        ...convNest(shapes, attrs, overBatch ? rows : k.int(batch), (places) => {
          const target = places[roles[2]];
          const factor = k.mul(k.load(0, dtype, places[roles[0]]), k.load(1, dtype, places[roles[1]]));
          return [store(2, dtype, target, k.add(k.load(2, dtype, target), factor))];
        }),
      ];
    },
  };
}

type Places = Record<Role, ReturnType<typeof position>>;

/** Loops over batch, output position, window, group, channel and filter, inside the bounds of x. */
function convNest(
  shapes: Record<Role, Shape>,
  attrs: ConvAttrs,
  rows: Expr,
  body: (places: Places) => Statement[],
): Statement[] {
  const rank = attrs.strides.length;
  const window = shapes.kernel.slice(0, rank);
  const output = shapes.y.slice(1, -1);
  const channels = at(shapes.kernel, -2);
  const perGroup = at(shapes.kernel, -1) / attrs.groups;
  const x = rowMajorStrides(shapes.x);
  const kernel = rowMajorStrides(shapes.kernel);
  const y = rowMajorStrides(shapes.y);
  return loops([rows, ...output, ...window], (outer) => {
    const [n, p, q] = [at(outer, 0), outer.slice(1, rank + 1), outer.slice(rank + 1)];
    const inside = p
      .map((out, axis) => withinBounds(out, at(q, axis), axis, shapes.x, attrs))
      .reduce((a, b) => k.and(a, b));
    const inner = loops([attrs.groups, channels, perGroup], ([group, channel, filter]) => {
      const variables = [n, ...p, ...q, group, channel, filter].filter((v): v is Variable => v !== undefined);
      const none = p.map(() => 0);
      const spatial = x.slice(1, -1);
      return body({
        x: position(
          variables,
          [
            at(x, 0),
            ...spatial.map((s, a) => s * at(attrs.strides, a)),
            ...spatial.map((s, a) => s * at(attrs.dilation, a)),
            channels,
            1,
            0,
          ],
          -spatial.reduce((sum, s, a) => sum + s * at(at(attrs.padding, a), 0), 0),
        ),
        kernel: position(variables, [0, ...none, ...kernel.slice(0, rank), perGroup, at(kernel, rank), 1]),
        y: position(variables, [at(y, 0), ...y.slice(1, -1), ...none, perGroup, 0, 1]),
      });
    });
    return [when(inside, inner)];
  });
}

function withinBounds(
  out: Variable,
  tap: Variable,
  axis: number,
  x: Shape,
  { strides, dilation, padding }: ConvAttrs,
): Expr {
  const scaled = k.mul(k.read(out), k.int(at(strides, axis)));
  const place = k.add(
    scaled,
    k.sub(k.mul(k.read(tap), k.int(at(dilation, axis))), k.int(at(at(padding, axis), 0))),
  );
  return k.and(k.le(k.int(0), place), k.lt(place, k.int(at(x, axis + 1))));
}
