import { type Graph, topologicalOrder } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { type BatchShape, isOneShape } from '../layers/batch-shape.ts';
import { type AnyLayer, resultParts } from '../layers/layer.ts';
import { partsOf, type Several } from '../layers/several.ts';
import { traceCall } from '../layers/trace-shape.ts';
import { at } from '../util/errors.ts';
import { sizeOf } from '../util/shapes.ts';

/** Multiply-adds of the forward pass for one example: those of matrix products and convolutions, in loops too. */
export function multiplyAdds(layer: AnyLayer, inputShape: Several<BatchShape>): number {
  const shapes = partsOf(inputShape, isOneShape);
  const specs = { ...shapes, items: shapes.items.map((shape) => ({ shape, dtype: layer.computeDtype })) };
  const { result } = traceCall(specs, { batch: 1, other: 1 }, (inputs) =>
    resultParts(layer.apply(inputs.rebuild(inputs.items))),
  );
  return workOf(result.items.map(({ node }) => node));
}

function workOf(outputs: readonly Node[]): number {
  return topologicalOrder(outputs).reduce((sum, node) => sum + contractionWork(node) + workInside(node), 0);
}

/** Of what a node runs: each step of a scan, the dearest way of a branch, one turn of a loop of unknown length. */
function workInside({ primitive, bodies, attrs }: Node): number {
  if (bodies.length === 0) return 0;
  const works = bodies.map(({ outputs }: Graph) => workOf(outputs));
  if (primitive.name === 'scan') return Number(attrs.length) * at(works, 0);
  return Math.max(...works);
}

function contractionWork({ primitive, inputs, attrs, shape }: Node): number {
  if (primitive.name === 'matmul') {
    const a = at(inputs, 0).shape;
    return sizeOf(shape) * at(a, attrs.transposeA ? -2 : -1);
  }
  if (primitive.name === 'conv') {
    const kernel = at(inputs, 1).shape;
    return sizeOf(shape) * sizeOf(kernel.slice(0, -1));
  }
  return 0;
}
