import { reverseGradient } from '../autodiff/gradient.ts';
import { reorder } from '../compiler/passes/reorder.ts';
import { full } from '../primitives/elementwise/arithmetic.ts';
import { isFloat } from '../util/dtypes.ts';
import { AntlerShapeError, AntlerTypeError, AntlerValueError } from '../util/errors.ts';
import { formatShape } from '../util/shapes.ts';
import { rename } from './renamed.ts';
import { Tensor } from './tensor.ts';
import { withHistory } from './trace.ts';

/** A function of tensors (or nested arrays and objects of them) to one scalar tensor. */
type ScalarFunction<Args extends readonly unknown[]> = (...args: Args) => Tensor;

/**
 * The gradient of a scalar function with respect to its first argument.
 * `grad(f)(x, ...rest)` has the structure of `x`, each tensor's gradient in its place.
 * Gradients are ordinary values: `grad(grad(f))` is the second derivative.
 * @throws AntlerShapeError if `f` does not return a scalar
 */
export function grad<First, Rest extends readonly unknown[]>(
  f: ScalarFunction<[First, ...Rest]>,
): (first: First, ...rest: Rest) => First {
  const both = valueAndGrad(f);
  return (first, ...rest) => both(first, ...rest)[1];
}

/** The value of a scalar function together with its gradient with respect to its first argument. */
export function valueAndGrad<First, Rest extends readonly unknown[]>(
  f: ScalarFunction<[First, ...Rest]>,
): (first: First, ...rest: Rest) => [Tensor, First] {
  return (first, ...rest) =>
    withHistory(() => {
      const { value: renamed, tensors, structure } = rename(first, 'grad, first argument');
      const value = f(renamed, ...rest);
      return [value, structure.rebuild(gradients(value, tensors)) as First];
    });
}

/**
 * Gradients of a scalar with respect to tensors it was computed from; zeros where it does not depend on one.
 * @throws AntlerShapeError if `value` is not a scalar
 */
export function gradients(value: Tensor, wrt: readonly Tensor[]): Tensor[] {
  requireScalar(value);
  const leaves = wrt.map(({ node }) => node);
  const [output = value.node] = reorder({ inputs: leaves, outputs: [value.node] }).outputs;
  const nodes = reverseGradient([output], [full(output, 1)], leaves);
  return nodes.map((node) => new Tensor(node));
}

function requireScalar(value: unknown): asserts value is Tensor {
  if (!(value instanceof Tensor)) {
    throw new AntlerValueError({
      where: 'grad',
      expected: 'a function that returns a tensor',
      got: typeof value,
    });
  }
  if (value.size !== 1 || value.rank !== 0) {
    throw new AntlerShapeError({
      where: 'grad',
      expected: 'a function that returns a scalar',
      got: `shape ${formatShape(value.shape)}`,
      fix: 'reduce it with sum() or mean()',
    });
  }
  if (!isFloat(value.dtype)) {
    throw new AntlerTypeError({ where: 'grad', expected: 'a float result', got: value.dtype });
  }
}
