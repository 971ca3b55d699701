import { type Graph, topologicalOrder } from '../graph/graph.ts';
import type { Aval } from '../graph/node.ts';
import { bytesPerElement, type DType } from '../util/dtypes.ts';
import { AntlerResourceError } from '../util/errors.ts';
import { formatShape, type Shape, sizeOf } from '../util/shapes.ts';

function describe(name: string, { shape, dtype }: { readonly shape: Shape; readonly dtype: DType }): string {
  return `${name} (${dtype} ${formatShape(shape)}, ${bytesOf({ shape, dtype })} bytes)`;
}

function bytesOf({ shape, dtype }: Aval): number {
  return sizeOf(shape) * bytesPerElement(dtype);
}

/** The op that makes the largest value of a graph, with its shape and bytes. Keeps nothing of the graph. */
export function largestValue({ outputs }: Graph): string {
  const nodes = topologicalOrder(outputs);
  const largest = nodes.reduce((most, node) => (bytesOf(node) > bytesOf(most) ? node : most));
  return describe(largest.primitive.name, largest);
}

/** What holds the elements of a shape given by the host. */
export function hostValue(shape: Shape, dtype: DType): string {
  return describe('tensor', { shape, dtype });
}

/** Runs `use`; where the engine refuses memory, the error says for what. */
export function naming<T>(what: () => string, use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (!(error instanceof AntlerResourceError) || error.parts.where !== 'engine memory') throw error;
    throw new AntlerResourceError(
      { ...error.parts, where: `${what()} and the values beside it` },
      { cause: error },
    );
  }
}
