import { batchNodes, repeated } from '../autodiff/batch.ts';
import { reverseGradient } from '../autodiff/gradient.ts';
import type { Node } from '../graph/node.ts';
import { cast } from '../primitives/elementwise/arithmetic.ts';
import { eq } from '../primitives/elementwise/compare.ts';
import { iota } from '../primitives/random.ts';
import { broadcastTo, reshape } from '../primitives/structure/views.ts';
import { at } from '../util/errors.ts';
import { sizeOf } from '../util/shapes.ts';
import { floatLeaves } from './float-leaves.ts';
import { grad } from './gradient.ts';
import { rename } from './renamed.ts';
import { Tensor } from './tensor.ts';
import { withHistory } from './trace.ts';
import { tracedInput } from './traced-input.ts';
import { takeApart } from './tree.ts';

/** The structure of a result, with that of the argument in the place of each tensor. */
export type Jacobian<Result, Argument> = Result extends Tensor
  ? Argument
  : { [K in keyof Result]: Jacobian<Result[K], Argument> };

/**
 * All derivatives of a function with respect to its first argument: for x [...a] and y [...b] a tensor [...b, ...a].
 * Where results or arguments are nested arrays and objects, the result has the structure of y, and in it that of x.
 * Computed in reverse, all elements of y at once: the work and memory are those of the gradient times the size of y.
 * @throws AntlerTypeError, AntlerValueError if a leaf of x or y is no float tensor
 */
export function jacobian<First, Rest extends readonly unknown[], Result>(
  f: (first: First, ...rest: Rest) => Result,
): (first: First, ...rest: Rest) => Jacobian<Result, First> {
  return (first, ...rest) =>
    withHistory(() => {
      const { value, tensors, structure } = rename(first, 'jacobian, first argument');
      const result = takeApart(f(value, ...rest));
      const wrt = tensors.map(({ node }) => node);
      const rows = floatLeaves(result, 'jacobian, result').map(({ node }) =>
        structure.rebuild(derivatives(node, wrt).map((derivative) => new Tensor(derivative))),
      );
      return result.rebuild(rows) as Jacobian<Result, First>;
    });
}

/**
 * The second derivatives of a scalar function with respect to its first argument: for x [...a] a tensor [...a, ...a].
 * For nested arrays and objects, their structure twice, one in the other.
 * @throws AntlerShapeError if `f` does not return a scalar
 */
export function hessian<First, Rest extends readonly unknown[]>(
  f: (first: First, ...rest: Rest) => Tensor,
): (first: First, ...rest: Rest) => Jacobian<First, First> {
  return jacobian(grad<First, Rest>(f));
}

/** dy/dx [...y, ...x] for each x: the pullback of every unit vector at once. */
function derivatives(y: Node, wrt: readonly Node[]): Node[] {
  const seed = tracedInput(y).node;
  const gradients = reverseGradient([y], [seed], wrt);
  const size = sizeOf(y.shape);
  const rows = batchNodes(gradients, new Map([[seed, unitVectors(y, size)]]), size);
  return rows.map((row, i) => {
    const { shape } = at(wrt, i);
    return reshape(row ?? repeated(at(gradients, i), size), [...y.shape, ...shape]);
  });
}

/** [size, ...shape]: for every element the array that is 1 there and 0 elsewhere. */
function unitVectors({ shape, dtype }: Node, size: number): Node {
  const place = iota(size);
  const row = broadcastTo(reshape(place, [size, 1]), [size, size]);
  return reshape(cast(eq(row, broadcastTo(place, [size, size])), dtype), [size, ...shape]);
}
