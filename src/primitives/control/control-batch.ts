import type { Graph } from '../../graph/graph.ts';
import type { Attrs, Node } from '../../graph/node.ts';
import type { BatchBody, BatchContext } from '../../graph/primitive.ts';
import { at } from '../../util/errors.ts';
import { batchedInput, moveAxis } from '../batching.ts';
import { cast, select } from '../elementwise/arithmetic.ts';
import { input } from '../leaf.ts';
import { reduceMax } from '../reduction/reduce.ts';
import { broadcastTo, reshape } from '../structure/views.ts';
import { cond, type ScanAttrs, scan, whileLoop } from './control.ts';
import { inline } from './inlined.ts';

/** Every carry has a batch, since any may get one on the way; sequences are walked along what is now their second axis. */
export function batchScan(node: Node, context: BatchContext<ScanAttrs>, batchBody: BatchBody): Node[] {
  const { inputs, isBatched, size, attrs } = context;
  const { carries, sequences } = attrs;
  const flags = isBatched.map((flag, i) => i < carries || flag);
  const operands = inputs.map((operand, i) => {
    if (i < carries) return batchedInput(context, i);
    return isBatched[i] && i < carries + sequences ? moveAxis(operand, 0, 1) : operand;
  });
  const parts = scan(batchBody(at(node.bodies, 0), flags, size), operands, attrs);
  return parts.map((part, i) => (i < carries ? part : moveAxis(part, 1, 0)));
}

/** One predicate chooses for all; predicates of their own let both branches run and choose element by element. */
export function batchCond(
  node: Node,
  { inputs, isBatched, size }: BatchContext<Attrs>,
  batchBody: BatchBody,
): Node[] {
  const [predicate, ...operands] = inputs;
  const branches = node.bodies.map((body) => batchBody(body, isBatched.slice(1), size));
  const [whenTrue, whenFalse] = [at(branches, 0), at(branches, 1)];
  if (!isBatched[0]) return cond(whenTrue, whenFalse, inputs);
  const [yes, no] = [inline(whenTrue, operands), inline(whenFalse, operands)];
  return yes.map((value, i) => choose(at([predicate as Node], 0), value, at(no, i)));
}

/** Goes on as long as any element does; elements that are done keep their values. */
export function batchWhile(
  node: Node,
  context: BatchContext<{ carries: number }>,
  batchBody: BatchBody,
): Node[] {
  const { inputs, isBatched, size, attrs } = context;
  const flags = isBatched.map((flag, i) => i < attrs.carries || flag);
  const [test, body] = node.bodies.map((graph) => batchBody(graph, flags, size)) as [Graph, Graph];
  const operands = inputs.map((operand, i) => (i < attrs.carries ? batchedInput(context, i) : operand));
  const own = body.inputs.map((source) => input(source));
  const goesOn = at(inline(test, own), 0);
  const next = inline(body, own).map((value, i) => choose(goesOn, value, at(own, i)));
  const anyGoesOn = cast(reduceMax(cast(goesOn, 'int32'), [0]), 'bool');
  return whileLoop(
    { inputs: own, outputs: [anyGoesOn] },
    { inputs: own, outputs: next },
    operands,
    attrs.carries,
  );
}

/** a for elements of the batch whose condition [batch] holds, else b. */
function choose(condition: Node, a: Node, b: Node): Node {
  const column = reshape(
    condition,
    a.shape.map((extent, axis) => (axis === 0 ? extent : 1)),
  );
  return select(broadcastTo(column, a.shape), a, b);
}
