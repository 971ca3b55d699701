import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import type { Differentiate } from '../../graph/primitive.ts';
import { substitute } from '../../graph/substitute.ts';
import { isFloat } from '../../util/dtypes.ts';
import { at } from '../../util/errors.ts';
import { full } from '../elementwise/arithmetic.ts';
import { input } from '../leaf.ts';
import { cond } from './control.ts';

/** The gradient of a choice chooses between the gradients of the branches, which compute their branch again. */
export function condGradient(
  node: Node,
  cotangents: readonly (Node | null)[],
  differentiate: Differentiate,
): (Node | null)[] {
  const operands = node.inputs.slice(1);
  const known = cotangents.filter((cotangent) => cotangent !== null);
  const branches = node.bodies.map((body) => branchGradient(body, cotangents, differentiate));
  const parts = cond(at(branches, 0), at(branches, 1), [at(node.inputs, 0), ...operands, ...known]);
  let next = 0;
  return [null, ...operands.map(({ dtype }) => (isFloat(dtype) ? at(parts, next++) : null))];
}

/** (inputs, cotangents) to the cotangents of the float inputs. */
function branchGradient(
  body: Graph,
  cotangents: readonly (Node | null)[],
  differentiate: Differentiate,
): Graph {
  const copies = body.inputs.map((source) => input(source));
  const outputs = substitute(body.outputs, new Map(body.inputs.map((source, i) => [source, at(copies, i)])));
  const seeded = outputs.filter((_, i) => cotangents[i]);
  const seeds = seeded.map((output) => input(output));
  const wrt = copies.filter(({ dtype }) => isFloat(dtype));
  const gradients =
    seeded.length > 0 ? differentiate(seeded, seeds, wrt) : wrt.map((source) => full(source, 0));
  return { inputs: [...copies, ...seeds], outputs: gradients };
}
