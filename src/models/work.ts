import { topologicalOrder } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import type { BatchShape } from '../layers/batch-shape.ts';
import type { Layer } from '../layers/layer.ts';
import { traceCall } from '../layers/trace-shape.ts';
import { at } from '../util/errors.ts';
import { sizeOf } from '../util/shapes.ts';

/** Multiply-adds of the forward pass for one example: those of matrix products and convolutions. */
export function multiplyAdds(layer: Layer, inputShape: BatchShape): number {
  const { output } = traceCall(inputShape, 1, layer.dtype, (x) => layer.apply(x));
  return topologicalOrder([output.node]).reduce((sum, node) => sum + contractionWork(node), 0);
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
