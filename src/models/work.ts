import { topologicalOrder } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { type BatchShape, isOneShape } from '../layers/batch-shape.ts';
import { type AnyLayer, resultParts } from '../layers/layer.ts';
import { partsOf, type Several } from '../layers/several.ts';
import { traceCall } from '../layers/trace-shape.ts';
import { at } from '../util/errors.ts';
import { sizeOf } from '../util/shapes.ts';

/** Multiply-adds of the forward pass for one example: those of matrix products and convolutions. */
export function multiplyAdds(layer: AnyLayer, inputShape: Several<BatchShape>): number {
  const shapes = partsOf(inputShape, isOneShape);
  const specs = { ...shapes, items: shapes.items.map((shape) => ({ shape, dtype: layer.dtype })) };
  const { result } = traceCall(specs, { batch: 1, other: 1 }, (inputs) =>
    resultParts(layer.apply(inputs.rebuild(inputs.items))),
  );
  const outputs = result.items.map(({ node }) => node);
  return topologicalOrder(outputs).reduce((sum, node) => sum + contractionWork(node), 0);
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
