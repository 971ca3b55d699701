import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import type { ControlPrimitive } from '../../graph/primitive.ts';
import { at } from '../../util/errors.ts';
import { full } from '../elementwise/arithmetic.ts';
import { partsOf } from './control.ts';
import { applyUnit, inline, inlinedPrimitive } from './inlined.ts';

type CustomGradientAttrs = {
  /** The inputs that `backward` gives a gradient of, in the order of its outputs. */
  readonly wrt: readonly number[];
};

const customGradientPrimitive: ControlPrimitive<CustomGradientAttrs> = inlinedPrimitive('customGradient', {
  partGradient: (node, cotangents) => {
    const [backward, forward] = [at(node.bodies, 0), at(node.bodies, 1)];
    const outputs = partsOf(node, forward.outputs);
    const known = outputs.map((output, i) => cotangents[i] ?? full(output, 0));
    const gradients = inline(backward, [...known, ...node.inputs, ...outputs]);
    const { wrt } = node.attrs as CustomGradientAttrs;
    return node.inputs.map((_, i) => (wrt.includes(i) ? at(gradients, wrt.indexOf(i)) : null));
  },
});

/**
 * The outputs of `forward`, whose gradient is what `backward` says.
 * @param backward inputs [...cotangents, ...inputs, ...outputs of forward], outputs the gradients of the inputs `wrt`
 */
export function customGradient(
  forward: Graph,
  backward: Graph,
  inputs: readonly Node[],
  wrt: readonly number[],
): Node[] {
  return applyUnit(customGradientPrimitive, [backward, forward], inputs, { wrt });
}
