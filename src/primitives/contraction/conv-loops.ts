import { type Expr, k, type Variable } from '../../graph/kernel/expr.ts';
import {
  clear,
  type LoopProgram,
  loops,
  position,
  type Statement,
  store,
  when,
} from '../../graph/kernel/loops.ts';
import type { Aval } from '../../graph/node.ts';
import { at } from '../../util/errors.ts';
import { rowMajorStrides, type Shape, sizeOf } from '../../util/shapes.ts';
import type { ConvAttrs, Role } from './conv-shape.ts';

/** The triple product of `correlate` as loops. Buffers stand in the order of `roles`, the target last. */
export function lowerConv(
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
      return [
        clear(2, dtype, size),
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
