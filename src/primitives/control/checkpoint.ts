import type { Graph } from '../../graph/graph.ts';
import type { NoAttrs, Node } from '../../graph/node.ts';
import type { ControlPrimitive, Differentiate } from '../../graph/primitive.ts';
import { isFloat } from '../../util/dtypes.ts';
import { at } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { input } from '../leaf.ts';
import { restart } from '../restart.ts';
import { broadcastTo, reshape, slice } from '../structure/views.ts';
import { applyUnit, inline, inlinedPrimitive } from './inlined.ts';

const checkpointPrimitive: ControlPrimitive<NoAttrs> = inlinedPrimitive('checkpoint', {
  partGradient: (node, cotangents, differentiate) => {
    const body = at(node.bodies, 0);
    const known = cotangents.filter((cotangent) => cotangent !== null);
    const backward = bodyGradient(body, cotangents, differentiate);
    const gradients = inline(backward, [...restarted(node.inputs, known), ...known]);
    let next = 0;
    return node.inputs.map(({ dtype }) => (isFloat(dtype) ? at(gradients, next++) : null));
  },
});

/** The outputs of a graph whose gradient computes the graph again instead of keeping its inner values. */
export function checkpoint(body: Graph, inputs: readonly Node[]): Node[] {
  return applyUnit(checkpointPrimitive, [body], inputs, {});
}

/** (inputs, cotangents that there are) to the cotangents of the float inputs. */
function bodyGradient(
  body: Graph,
  cotangents: readonly (Node | null)[],
  differentiate: Differentiate,
): Graph {
  const seeded = body.outputs.filter((_, i) => cotangents[i]);
  const seeds = seeded.map((output) => input(output));
  const wrt = body.inputs.filter(({ dtype }) => isFloat(dtype));
  return { inputs: [...body.inputs, ...seeds], outputs: differentiate(seeded, seeds, wrt) };
}

/**
 * The inputs for the second time: not before the backward pass has come here. What was never computed, such as a
 * weight, need not wait if there is anything else to wait for.
 */
function restarted(inputs: readonly Node[], cotangents: readonly Node[]): Node[] {
  const signal = cotangents.find(({ shape }) => sizeOf(shape) > 0);
  if (!signal) return [...inputs];
  const moment = reshape(
    slice(signal, { start: zeros(signal), step: ones(signal), shape: ones(signal) }),
    [],
  );
  const isComputed = inputs.map((node) => !isGiven(node));
  const waits = isComputed.includes(true) ? isComputed : inputs.map(() => true);
  return inputs.map((node, i) => (waits[i] ? restart(node, broadcastTo(moment, node.shape)) : node));
}

const zeros = ({ shape }: Node): number[] => shape.map(() => 0);
const ones = ({ shape }: Node): number[] => shape.map(() => 1);

/** Whether the value comes from outside or is a literal, seen through views. */
function isGiven(node: Node): boolean {
  let source = node;
  while (source.primitive.kind === 'view' && source.value === undefined) source = at(source.inputs, 0);
  return source.primitive.kind === 'leaf' || source.value !== undefined;
}
