import type { Graph } from '../../graph/graph.ts';
import { type Attrs, type Aval, Node } from '../../graph/node.ts';
import type { BatchBody, BatchContext, ControlPrimitive } from '../../graph/primitive.ts';
import { substitute } from '../../graph/substitute.ts';
import { at } from '../../util/errors.ts';
import { batchedInputs } from '../batching.ts';
import { partsOf } from './control.ts';

/** The node's own value is never read. */
const NOTHING: Aval = { shape: [], dtype: 'float32' };

/** A function as a unit of differentiation; the compiler puts its last body in its place. */
export function inlinedPrimitive<A extends Attrs>(
  name: string,
  { partGradient }: Pick<ControlPrimitive<A>, 'partGradient'>,
): ControlPrimitive<A> {
  const primitive: ControlPrimitive<A> = {
    kind: 'control',
    name,
    isInlined: true,
    infer: () => NOTHING,
    gradient: () => [],
    partGradient,
    batchParts: (node, context, batchBody) => batchUnit(primitive, node, context, batchBody),
    reference: (node, inputs, run) => run(at(node.bodies, -1), inputs),
  };
  return primitive;
}

/** Everything gets a batch, so that all bodies agree on what they hand to each other. */
function batchUnit<A extends Attrs>(
  primitive: ControlPrimitive<A>,
  { bodies }: Node,
  context: BatchContext<A>,
  batchBody: BatchBody,
): Node[] {
  const batched = bodies.map((body) =>
    batchBody(
      body,
      body.inputs.map(() => true),
      context.size,
    ),
  );
  return applyUnit(primitive, batched, batchedInputs(context), context.attrs);
}

/** The results of a unit. The last body computes them; what the others are for is the primitive's business. */
export function applyUnit<A extends Attrs>(
  primitive: ControlPrimitive<A>,
  bodies: readonly Graph[],
  inputs: readonly Node[],
  attrs: A,
): Node[] {
  // its own functions alone apply the primitive, so the attributes fit its rules
  const node = new Node(primitive as unknown as ControlPrimitive, inputs, attrs, NOTHING, bodies);
  return partsOf(node, at(bodies, -1).outputs);
}

/** The outputs of a graph for other inputs. */
export function inline({ inputs, outputs }: Graph, operands: readonly Node[]): Node[] {
  return substitute(outputs, new Map(inputs.map((source, i) => [source, at(operands, i)])));
}
