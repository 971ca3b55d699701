import type { Node } from '../../graph/node.ts';
import { apply } from '../../graph/primitive.ts';
import { poolSelect } from '../../primitives/contraction/pool-select.ts';
import { add, sub } from '../../primitives/elementwise/arithmetic.ts';
import { maximum, minimum, relu } from '../../primitives/elementwise/compare.ts';
import { exp, sigmoid, tanh } from '../../primitives/elementwise/exponential.ts';
import { constantValue } from '../../primitives/leaf.ts';
import { broadcastTo } from '../../primitives/structure/views.ts';
import { at } from '../../util/errors.ts';

/** Functions that never fall: the largest result is the result of the largest argument. */
const INCREASING = new Set([relu.primitive, tanh.primitive, sigmoid.primitive, exp.primitive]);

/** Operations with a value that is the same all over a window: a bias, or a constant. */
const SHIFTS = new Set([add.primitive, maximum.primitive, minimum.primitive]);

/**
 * Max pooling before what is monotone: pool(tanh(x + bias)) = tanh(pool(x) + bias), with a quarter of the work for
 * a 2 x 2 window. One rule; undefined if it does not apply.
 */
export function commutePooling(node: Node): Node | undefined {
  const [keys, values] = node.inputs;
  if (node.primitive !== poolSelect.primitive || !keys || keys !== values) return undefined;
  const pool = (x: Node) => {
    const pooled = apply(poolSelect.primitive, [x, x], node.attrs);
    return commutePooling(pooled) ?? pooled;
  };
  if (INCREASING.has(keys.primitive)) return apply(keys.primitive, [pool(at(keys.inputs, 0))], keys.attrs);
  const isShift = SHIFTS.has(keys.primitive) || keys.primitive === sub.primitive;
  const shift = keys.inputs[1];
  if (!isShift || !shift) return undefined;
  const constantOverWindows = spatiallyConstant(shift, node);
  return (
    constantOverWindows && apply(keys.primitive, [pool(at(keys.inputs, 0)), constantOverWindows], keys.attrs)
  );
}

/** The value broadcast to the pooled shape, if it does not vary over the spatial axes. */
function spatiallyConstant(shift: Node, pooled: Node): Node | undefined {
  if (shift.primitive !== broadcastTo.primitive) return undefined;
  const source = at(shift.inputs, 0);
  const rank = pooled.shape.length;
  const varies = source.shape.some((extent, axis) => {
    const place = axis + rank - source.shape.length;
    return extent !== 1 && place > 0 && place < rank - 1;
  });
  const isBias = source.shape.length < rank || constantValue(source) !== undefined;
  return varies || !isBias ? undefined : broadcastTo(source, pooled.shape);
}
