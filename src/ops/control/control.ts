import { type Closed, close } from '../../autodiff/close.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import {
  cond as condNodes,
  scan as scanNodes,
  whileLoop as whileNodes,
} from '../../primitives/control/control.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { tracedInput } from '../../tensor/traced-input.ts';
import { inKeyOrderOf, type Structure, takeApart } from '../../tensor/tree.ts';
import { AntlerShapeError, AntlerTypeError, AntlerValueError, at } from '../../util/errors.ts';
import { formatShape, sameShape } from '../../util/shapes.ts';

export interface ScanOptions {
  /** Number of steps; needed where there are no sequences. */
  readonly length?: number;
  /** From the last element to the first; results keep their places. Default false. */
  readonly reverse?: boolean;
}

/**
 * A loop inside the compiled program: `step(carry, x)` gives `[nextCarry, y]` for each element x of `sequences`
 * along the first axis. Differentiable. Tensors that `step` uses from outside are constants of the loop.
 * @param initial first carry: a tensor, or nested arrays and objects of tensors
 * @param sequences tensors [length, ...], in the same kinds of containers, or null for none
 * @returns the last carry, and every y stacked to [length, ...]
 * @throws AntlerShapeError, AntlerTypeError if the step changes the carry's shapes or dtypes, or lengths differ
 */
export function scan<Carry, X, Y>(
  step: (carry: Carry, x: X) => [Carry, Y],
  initial: Carry,
  sequences: X,
  { length, reverse = false }: ScanOptions = {},
): [Carry, Y] {
  const carry = tensorsOf(initial, 'scan, initial carry');
  const walked = tensorsOf(sequences, 'scan, sequences');
  const steps = commonLength(walked.tensors, length);
  const carryInputs = carry.tensors.map(tracedInput);
  const elementInputs = walked.tensors.map(({ shape, dtype }) =>
    tracedInput({ shape: shape.slice(1), dtype }),
  );
  const [next, y] = step(
    carry.structure.rebuild(carryInputs) as Carry,
    walked.structure.rebuild(elementInputs) as X,
  );
  const after = tensorsLike(initial, next, 'scan, next carry');
  requireSame(carry.tensors, after.tensors, 'scan');
  const results = tensorsOf(y, 'scan, results');
  const { body, constants } = closeTensors(
    [...carryInputs, ...elementInputs],
    [...after.tensors, ...results.tensors],
  );
  const inputs = [...carry.tensors, ...walked.tensors].map(({ node }) => node);
  const attrs = { length: steps, reverse, carries: carryInputs.length, sequences: elementInputs.length };
  const parts = scanNodes(body, [...inputs, ...constants], attrs).map((node) => new Tensor(node));
  return [
    carry.structure.rebuild(parts.slice(0, carryInputs.length)) as Carry,
    results.structure.rebuild(parts.slice(carryInputs.length)) as Y,
  ];
}

/**
 * Repeats `body` as long as `test` holds, inside the compiled program. Not differentiable in reverse: use `scan` for that.
 * @param test gives a bool scalar
 * @param initial first value: a tensor, or nested arrays and objects of tensors
 */
export function whileLoop<Carry>(
  test: (carry: Carry) => Tensor,
  body: (carry: Carry) => Carry,
  initial: Carry,
): Carry {
  const carry = tensorsOf(initial, 'whileLoop, initial value');
  const placeholders = carry.tensors.map(tracedInput);
  const arg = carry.structure.rebuild(placeholders) as Carry;
  const condition = requirePredicate(test(arg), 'whileLoop, test');
  const after = tensorsLike(initial, body(arg), 'whileLoop, next value');
  requireSame(carry.tensors, after.tensors, 'whileLoop');
  const { body: both, constants } = closeTensors(placeholders, [condition, ...after.tensors]);
  const graph = (outputs: readonly Node[]): Graph => ({ inputs: both.inputs, outputs });
  const inputs = [...carry.tensors.map(({ node }) => node), ...constants];
  const parts = whileNodes(
    graph(both.outputs.slice(0, 1)),
    graph(both.outputs.slice(1)),
    inputs,
    placeholders.length,
  );
  return carry.structure.rebuild(parts.map((node) => new Tensor(node))) as Carry;
}

/**
 * `whenTrue(operands)` or `whenFalse(operands)`, of which only the chosen one runs. Both must give the same structure,
 * shapes and dtypes. Differentiable.
 * @param predicate bool scalar
 */
export function cond<Operands, Result>(
  predicate: Tensor,
  whenTrue: (operands: Operands) => Result,
  whenFalse: (operands: Operands) => Result,
  operands: Operands,
): Result {
  requirePredicate(predicate, 'cond');
  const { tensors, structure } = tensorsOf(operands, 'cond, operands');
  const placeholders = tensors.map(tracedInput);
  const arg = structure.rebuild(placeholders) as Operands;
  const result = whenTrue(arg);
  const first = tensorsOf(result, 'cond, result');
  const second = tensorsLike(result, whenFalse(arg), 'cond, result');
  requireSame(first.tensors, second.tensors, 'cond');
  const { body, constants } = closeTensors(placeholders, [...first.tensors, ...second.tensors]);
  const count = first.tensors.length;
  const graph = (outputs: readonly Node[]): Graph => ({ inputs: body.inputs, outputs });
  const inputs = [predicate.node, ...tensors.map(({ node }) => node), ...constants];
  const parts = condNodes(graph(body.outputs.slice(0, count)), graph(body.outputs.slice(count)), inputs);
  return first.structure.rebuild(parts.map((node) => new Tensor(node))) as Result;
}

function closeTensors(placeholders: readonly Tensor[], results: readonly Tensor[]): Closed {
  const nodesOf = (tensors: readonly Tensor[]) => tensors.map(({ node }) => node);
  return close(nodesOf(placeholders), nodesOf(results));
}

function tensorsOf(value: unknown, where: string): { tensors: Tensor[]; structure: Structure } {
  const structure = takeApart(value);
  const present = structure.leaves.filter((leaf) => leaf !== null && leaf !== undefined);
  const tensors = present.map((leaf) => {
    if (leaf instanceof Tensor) return leaf;
    throw new AntlerValueError({ where, expected: 'tensors, in arrays and objects', got: typeof leaf });
  });
  const rebuild = (found: readonly unknown[]) => {
    let next = 0;
    return structure.rebuild(
      structure.leaves.map((leaf) => (leaf instanceof Tensor ? at(found, next++) : leaf)),
    );
  };
  return { tensors, structure: { ...structure, rebuild } };
}

/** The tensors of a value in the order of those of another. @throws AntlerValueError unless they are built alike */
function tensorsLike(like: unknown, value: unknown, where: string): ReturnType<typeof tensorsOf> {
  const found = tensorsOf(inKeyOrderOf(like, value), where);
  const expected = takeApart(like).key;
  if (found.structure.key === expected) return found;
  throw new AntlerValueError({ where, expected: `tensors in ${expected}`, got: found.structure.key });
}

function commonLength(sequences: readonly Tensor[], length: number | undefined): number {
  const lengths = sequences.map(({ shape }) => shape[0]);
  const steps = length ?? lengths[0];
  if (steps !== undefined && lengths.every((one) => one === steps)) return steps;
  throw new AntlerShapeError({
    where: 'scan',
    expected: steps === undefined ? 'sequences, or the option length' : `sequences of length ${steps}`,
    got: lengths.length > 0 ? `lengths ${lengths.join(', ')}` : 'neither',
  });
}

function requireSame(before: readonly Tensor[], after: readonly Tensor[], where: string): void {
  before.forEach(({ shape, dtype }, i) => {
    const other = at(after, i);
    if (!sameShape(shape, other.shape)) {
      throw new AntlerShapeError({
        where: `${where}, tensor ${i}`,
        expected: formatShape(shape),
        got: formatShape(other.shape),
      });
    }
    if (dtype !== other.dtype)
      throw new AntlerTypeError({ where: `${where}, tensor ${i}`, expected: dtype, got: other.dtype });
  });
}

function requirePredicate(predicate: Tensor, where: string): Tensor {
  if (predicate.dtype === 'bool' && predicate.rank === 0) return predicate;
  throw new AntlerTypeError({
    where,
    expected: 'a bool scalar',
    got: `${predicate.dtype}${formatShape(predicate.shape)}`,
  });
}
