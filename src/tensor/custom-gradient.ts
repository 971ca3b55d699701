import { type Closed, close } from '../autodiff/close.ts';
import type { Node } from '../graph/node.ts';
import { customGradient as customGradientNodes } from '../primitives/control/custom-gradient.ts';
import { isFloat } from '../util/dtypes.ts';
import { AntlerTraceError, AntlerTypeError, AntlerValueError } from '../util/errors.ts';
import { requireLike } from './float-leaves.ts';
import { Tensor } from './tensor.ts';
import { type TracedFunction, traceFunction } from './traced-function.ts';
import { tracedInput } from './traced-input.ts';
import { takeApart } from './tree.ts';

/** What a function was given and what it made of it. */
export interface Saved<Args, Result> {
  readonly inputs: Args;
  readonly output: Result;
}

/** Each argument's gradient in its structure; null for what has none. */
export type ArgumentGradients<Args extends readonly unknown[]> = {
  readonly [K in keyof Args]: Args[K] | null;
};

/**
 * A function with a gradient of your own: `customGradient(f, backward)` has the values of `f`.
 * @param f gives float tensors, or nested arrays and objects of them; tensors it uses from outside get no gradient
 * @param backward takes the cotangent of the result, in its structure, and the inputs and the output of `f`; gives an
 *   array with the gradient of each argument, null where there is none. It is differentiated for higher derivatives.
 * @throws AntlerValueError, AntlerShapeError, AntlerTypeError if what `backward` gives does not fit the arguments
 * @throws AntlerTraceError if `f` or `backward` looks at values or assigns variables
 */
export function customGradient<Args extends readonly unknown[], Result>(
  f: (...args: Args) => Result,
  backward: (cotangent: Result, saved: Saved<Args, Result>) => ArgumentGradients<Args>,
): (...args: Args) => Result {
  return (...args) => {
    const forward = traceFunction(f, args, tracedInput, 'customGradient');
    requirePure(forward);
    const output = forward.result.rebuild(forward.outputs.map((node) => new Tensor(node))) as Result;
    const back = traceFunction(
      (cotangent: Result, saved: Saved<Args, Result>) => matchGradients(backward(cotangent, saved), args),
      [output, { inputs: args, output }],
      tracedInput,
      'customGradient, backward',
    );
    requirePure(back);
    const wrt = Object.keys(back.result.rebuild(back.result.leaves) as GradientsByTensor).map(Number);
    const parts = unit(forward, back, wrt);
    return forward.result.rebuild(parts.map((node) => new Tensor(node))) as Result;
  };
}

/** Both functions closed over the same inputs: the arguments, and what either uses from outside. */
function unit(forward: TracedFunction, back: TracedFunction, wrt: readonly number[]): Node[] {
  const count = { outputs: forward.outputs.length, inputs: forward.given.length };
  const [ahead, behind] = [forward, back].map(({ standIns, outputs }) =>
    close(nodesOf(standIns), outputs),
  ) as [Closed, Closed];
  const outside = [
    ...ahead.body.inputs.slice(count.inputs),
    ...behind.body.inputs.slice(2 * count.outputs + count.inputs),
  ];
  const own = behind.body.inputs;
  const cotangentsAndInputs = own.slice(0, count.outputs + count.inputs);
  const outputs = own.slice(count.outputs + count.inputs, 2 * count.outputs + count.inputs);
  return customGradientNodes(
    { inputs: [...ahead.body.inputs.slice(0, count.inputs), ...outside], outputs: ahead.body.outputs },
    { inputs: [...cotangentsAndInputs, ...outside, ...outputs], outputs: behind.body.outputs },
    [...nodesOf(forward.given), ...ahead.constants, ...behind.constants],
    wrt,
  );
}

const nodesOf = (tensors: readonly Tensor[]): Node[] => tensors.map(({ node }) => node);

/** @throws AntlerTypeError, AntlerTraceError unless the function gives floats and assigns nothing */
function requirePure({ outputs, writes }: TracedFunction): void {
  const where = 'customGradient';
  const integer = outputs.find(({ dtype }) => !isFloat(dtype));
  if (integer) throw new AntlerTypeError({ where, expected: 'float results', got: integer.dtype });
  const [variable] = writes.keys();
  if (!variable) return;
  const got = `an assignment to ${variable.name}`;
  throw new AntlerTraceError({ where, expected: 'functions that assign no variables', got });
}

/** Gradients by the number of the tensor they belong to, among all tensors of the arguments. */
type GradientsByTensor = { readonly [tensor: number]: Tensor };

function matchGradients(gradients: readonly unknown[], args: readonly unknown[]): GradientsByTensor {
  const where = 'customGradient, backward';
  if (!Array.isArray(gradients) || gradients.length !== args.length) {
    const got = Array.isArray(gradients) ? `${gradients.length}` : typeof gradients;
    throw new AntlerValueError({ where, expected: `an array of ${args.length} gradients or null`, got });
  }
  const found: [number, Tensor][] = [];
  let index = 0;
  args.forEach((arg, i) => {
    const { leaves } = takeApart(arg);
    const own = gradients[i] === null ? leaves.map(() => null) : takeApart(gradients[i]).leaves;
    if (own.length !== leaves.length) {
      const expected = `${leaves.length} tensors or null for argument ${i}`;
      throw new AntlerValueError({ where, expected, got: `${own.length}` });
    }
    leaves.forEach((leaf, j) => {
      const gradient = own[j];
      if (leaf instanceof Tensor && gradient !== null) {
        found.push([index, requireGradient(gradient, leaf, `${where}, argument ${i}`)]);
      }
      if (leaf instanceof Tensor) index++;
    });
  });
  return Object.fromEntries(found);
}

function requireGradient(gradient: unknown, argument: Tensor, where: string): Tensor {
  if (!(gradient instanceof Tensor)) {
    throw new AntlerValueError({ where, expected: 'a gradient tensor or null', got: typeof gradient });
  }
  requireLike(gradient, argument, where);
  return gradient;
}
