import { reverseGradient } from '../autodiff/gradient.ts';
import { reorder } from '../compiler/passes/reorder.ts';
import type { Node } from '../graph/node.ts';
import { substitute } from '../graph/substitute.ts';
import { full } from '../primitives/elementwise/arithmetic.ts';
import { input } from '../primitives/leaf.ts';
import { at } from '../util/errors.ts';
import { floatLeaves, leavesLike } from './float-leaves.ts';
import { rename } from './renamed.ts';
import { Tensor } from './tensor.ts';
import { withHistory } from './trace.ts';
import { type Structure, takeApart } from './tree.ts';

/** The transposed derivative of a function at a point, still open for cotangents. */
interface Linearised {
  readonly result: Structure;
  readonly outputs: readonly Tensor[];
  /** What stands for the cotangent of each output. */
  readonly seeds: readonly Node[];
  /** Gradient of each leaf of the argument, linear in the seeds. */
  readonly gradients: readonly Node[];
}

/** Traces the transposed derivative of `f` with respect to `wrt`, from which it computes its result. */
function linearise(f: () => unknown, wrt: readonly Tensor[], where: string): Linearised {
  return withHistory(() => {
    const result = takeApart(f());
    const outputs = floatLeaves(result, `${where}, result`);
    const leaves = wrt.map(({ node }) => node);
    const reordered = reorder({ inputs: leaves, outputs: outputs.map(({ node }) => node) }).outputs;
    const seeds = outputs.map(({ node }) => input(node));
    return { result, outputs, seeds, gradients: reverseGradient(reordered, seeds, leaves) };
  });
}

/**
 * The value of a function, and a function from a cotangent of the result to that of the first argument (the
 * vector-Jacobian product): `vjp(f)(x, ...rest)` gives `[y, pullback]` with `pullback(v)` = Jᵀ v, J = dy/dx.
 * Arguments and results may be nested arrays and objects of float tensors; `v` has the structure, shapes and dtypes of
 * `y`, `pullback(v)` those of `x`. The pullback may be called any number of times.
 * @throws AntlerTypeError, AntlerValueError if a leaf of `x` or `y` is no float tensor
 */
export function vjp<First, Rest extends readonly unknown[], Result>(
  f: (first: First, ...rest: Rest) => Result,
): (first: First, ...rest: Rest) => [Result, (cotangent: Result) => First] {
  return (first, ...rest) => {
    const { value, tensors, structure } = rename(first, 'vjp, first argument');
    const { result, outputs, seeds, gradients } = linearise(() => f(value, ...rest), tensors, 'vjp');
    const pullback = (cotangent: Result) => {
      const given = leavesLike(outputs, result.key, cotangent, 'vjp, cotangent');
      const images = new Map(seeds.map((seed, i) => [seed, at(given, i).node]));
      return structure.rebuild(substitute(gradients, images).map((node) => new Tensor(node))) as First;
    };
    return [result.rebuild(outputs) as Result, pullback];
  };
}

/**
 * The value of a function together with its derivative along a direction (the Jacobian-vector product):
 * `jvp(f, [x, ...], [u, ...])` gives `[f(x, ...), J u]`. Costs about one more evaluation of `f`, however many inputs
 * there are. The derivative is the transpose of the pullback, which is linear.
 * @param primals all arguments: float tensors, or nested arrays and objects of them
 * @param tangents directions, in the structure, shapes and dtypes of `primals`
 * @throws AntlerTypeError, AntlerValueError, AntlerShapeError if these differ, or something is no float tensor
 */
export function jvp<Args extends readonly unknown[], Result>(
  f: (...args: Args) => Result,
  primals: Args,
  tangents: Args,
): [Result, Result] {
  const { value, tensors, structure } = rename(primals, 'jvp, primals');
  const directions = leavesLike(tensors, structure.key, tangents, 'jvp, tangents');
  const { result, outputs, seeds, gradients } = linearise(() => f(...value), tensors, 'jvp');
  const derivatives = reverseGradient(
    gradients,
    directions.map(({ node }) => node),
    seeds,
  );
  // linear: the derivative does not depend on where it is taken
  const images = new Map(seeds.map((seed) => [seed, full(seed, 0)]));
  const along = substitute(derivatives, images).map((node) => new Tensor(node));
  return [result.rebuild(outputs) as Result, result.rebuild(along) as Result];
}
