import type { Node } from '../graph/node.ts';
import { substitute } from '../graph/substitute.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { Tensor } from './tensor.ts';
import { currentTrace, type Trace, withTrace } from './trace.ts';
import { type Structure, takeApart } from './tree.ts';
import type { Variable } from './variable.ts';

/** What a function computes from stand-ins of its arguments. */
export interface TracedFunction {
  /** The tensors among the arguments, and what stood in for them. */
  readonly given: readonly Tensor[];
  readonly standIns: readonly Tensor[];
  readonly result: Structure;
  readonly outputs: readonly Node[];
  /** What the function assigned to variables; it is not assigned yet. */
  readonly writes: ReadonlyMap<Variable, Node>;
}

/**
 * Calls a function once on stand-ins of the tensors among its arguments.
 * @param standIn of tensor number `index`
 * @throws AntlerValueError if it returns anything but tensors in arrays and objects
 */
export function traceFunction<Args extends readonly unknown[]>(
  f: (...args: Args) => unknown,
  args: Args,
  standIn: (tensor: Tensor, index: number) => Tensor,
  where: string,
): TracedFunction {
  const structure = takeApart(args);
  const given = structure.leaves.filter((leaf) => leaf instanceof Tensor);
  const standIns = given.map(standIn);
  let next = 0;
  const leaves = structure.leaves.map((leaf) => (leaf instanceof Tensor ? at(standIns, next++) : leaf));
  const outer = currentTrace();
  const record: Trace = { reads: outer?.reads ?? new Map(), writes: new Map(outer?.writes) };
  const result = takeApart(withTrace(record, () => f(...(structure.rebuild(leaves) as Args))));
  const written = [...record.writes].filter(([variable, value]) => outer?.writes.get(variable) !== value);
  const tensors = [...resultTensors(result, where), ...written.map(([, value]) => value)];
  const nodes = substitute(
    tensors.map(({ node }) => node),
    outer ? new Map() : presentValues(record),
  );
  const outputs = nodes.slice(0, result.leaves.length);
  const values = nodes.slice(result.leaves.length);
  return {
    given,
    standIns,
    result,
    outputs,
    writes: new Map(written.map(([variable], i) => [variable, at(values, i)])),
  };
}

/** Outside of `jit` a variable stands for the value it has now. */
function presentValues({ reads }: Trace): Map<Node, Node> {
  return new Map([...reads].map(([variable, placeholder]) => [placeholder.node, variable.read().node]));
}

function resultTensors({ leaves }: Structure, where: string): Tensor[] {
  return leaves.map((leaf) => {
    if (leaf instanceof Tensor) return leaf;
    throw new AntlerValueError({
      where,
      expected: 'a function that returns tensors, or arrays and objects of them',
      got: leaf instanceof Promise ? 'a promise' : leaf === null ? 'null' : typeof leaf,
    });
  });
}
