import { type Graph, topologicalOrder } from '../graph/graph.ts';
import type { Attrs, Node } from '../graph/node.ts';
import { apply, type BatchContext, type Primitive } from '../graph/primitive.ts';
import { batchedInputs } from '../primitives/batching.ts';
import { partIndex } from '../primitives/control/control.ts';
import { constant, input } from '../primitives/leaf.ts';
import { broadcastTo } from '../primitives/structure/views.ts';
import { AntlerInternalError, at, lookup } from '../util/errors.ts';

/**
 * A graph for many inputs at once, as a rewrite: every node that depends on an input with a batch gets one itself, by the
 * batching rule of its primitive.
 * @param images what takes the place of inputs: [size, ...] instead of [...]
 * @returns for each of `outputs` the node [size, ...], or null where it does not depend on any of the inputs
 */
export function batchNodes(
  outputs: readonly Node[],
  images: ReadonlyMap<Node, Node>,
  size: number,
): (Node | null)[] {
  const batched = new Map(images);
  const parts = new Map<Node, readonly Node[]>();
  // a value that is known already depends on no placeholder
  for (const node of topologicalOrder(outputs, (n) => images.has(n) || n.value !== undefined)) {
    const isBatched = node.inputs.map((source) => batched.has(source) || parts.has(source));
    if (batched.has(node) || !isBatched.includes(true)) continue;
    if (node.primitive.kind === 'part') {
      batched.set(node, at(lookup(parts, at(node.inputs, 0)), partIndex(node)));
      continue;
    }
    const inputs = node.inputs.map((source) => batched.get(source) ?? source);
    const context = { inputs, isBatched, size, attrs: node.attrs };
    if (node.primitive.kind === 'control')
      parts.set(node, node.primitive.batchParts(node, context, batchBody));
    else batched.set(node, size === 0 ? emptyBatch(node) : batchNode(node.primitive, context));
  }
  return outputs.map((output) => batched.get(output) ?? null);
}

/** A batch of nothing needs no rule, and rules may divide by its size. */
function emptyBatch({ shape, dtype }: Node): Node {
  return broadcastTo(constant(0, dtype), [0, ...shape]);
}

function batchNode(primitive: Primitive, context: BatchContext<Attrs>): Node {
  switch (primitive.kind) {
    case 'map':
      return primitive.batch?.(context) ?? apply(primitive, batchedInputs(context), context.attrs);
    case 'reduce': {
      const { axes } = context.attrs as { axes: readonly number[] };
      return apply(primitive, batchedInputs(context), { axes: axes.map((axis) => axis + 1) });
    }
    case 'view':
    case 'loops':
      return primitive.batch(context);
    default:
      throw new AntlerInternalError(`a batch of ${primitive.name}`);
  }
}

/** The same function of inputs with a batch, in inputs of its own; outputs without one are repeated. */
function batchBody(body: Graph, isBatched: readonly boolean[], size: number): Graph {
  const inputs = body.inputs.map((source, i) =>
    isBatched[i] ? input({ shape: [size, ...source.shape], dtype: source.dtype }) : source,
  );
  const images = new Map(
    body.inputs.flatMap((source, i) => (isBatched[i] ? [[source, at(inputs, i)] as const] : [])),
  );
  const outputs = batchNodes(body.outputs, images, size).map(
    (output, i) => output ?? repeated(at(body.outputs, i), size),
  );
  return { inputs, outputs };
}

/** The same value for every element of a batch. */
export function repeated(node: Node, size: number): Node {
  return broadcastTo(node, [size, ...node.shape]);
}
