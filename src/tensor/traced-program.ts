import type { Storage } from '../backends/backend.ts';
import { type Graph, topologicalOrder } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { AntlerTraceError } from '../util/errors.ts';
import { fromHost, Tensor } from './tensor.ts';
import { type Trace, withTrace } from './trace.ts';
import { tracedInput } from './traced-input.ts';
import { type Structure, takeApart } from './tree.ts';
import type { Variable } from './variable.ts';

/** How a program is called: what goes in besides the arguments, and what becomes of what comes out. */
export interface Calling {
  /** Computed values of tensors that the function knows from outside. */
  readonly captured: readonly Storage[];
  readonly reads: readonly Variable[];
  /** For each read variable, whether the program writes it too. */
  readonly overwritten: readonly boolean[];
  readonly writes: readonly Variable[];
  readonly result: Structure;
  readonly resultShapes: readonly (readonly number[])[];
}

/** A function as a graph. Inputs: arguments, variables read, captured values. Outputs: results, variables written. */
export interface TracedProgram extends Calling {
  readonly graph: Graph;
  /** For each input the output that may overwrite it, or null. */
  readonly donated: readonly (number | null)[];
}

/** A leaf of the arguments as a traced function takes it: numbers are passed in as tensors. */
export function traceableLeaf(leaf: unknown): unknown {
  return typeof leaf === 'number' ? fromHost(Float32Array.of(leaf), [], 'float32') : leaf;
}

/**
 * Calls a function once on stand-ins of the tensors among its arguments. What it assigns to variables is not assigned.
 * @param leaves of the arguments, numbers made tensors
 * @param where names the caller in errors
 * @throws AntlerTraceError if it looks at values, or returns anything but tensors
 */
export function traceProgram<Args extends readonly unknown[]>(
  f: (...args: Args) => unknown,
  structure: Structure,
  leaves: readonly unknown[],
  where: string,
): TracedProgram {
  const tensors = leaves.filter((leaf) => leaf instanceof Tensor);
  const placeholders = new Map(tensors.map((tensor) => [tensor, tracedInput(tensor)]));
  const argument = (tensor: Tensor) => placeholders.get(tensor) ?? tensor;
  const record: Trace = { reads: new Map(), writes: new Map() };
  const args = structure.rebuild(
    leaves.map((leaf) => (leaf instanceof Tensor ? argument(leaf) : leaf)),
  ) as Args;
  const result = takeApart(withTrace(record, () => f(...args)));
  const results = result.leaves.map((leaf) => requireTensor(leaf, where));
  const reads = [...record.reads.keys()];
  const writes = [...record.writes.keys()];
  const outputs = [...results, ...record.writes.values()].map(({ node }) => node);
  const captured = topologicalOrder(outputs, isComputed).filter(isComputed);
  const inputs = [
    ...[...tensors.map(argument), ...record.reads.values()].map(({ node }) => node),
    ...captured,
  ];
  const donated = inputs.map((_, i) => {
    const variable = reads[i - tensors.length];
    const output = variable ? writes.indexOf(variable) : -1;
    return output < 0 ? null : results.length + output;
  });
  return {
    graph: { inputs, outputs },
    donated,
    captured: captured.map(({ value }) => value as Storage),
    reads,
    overwritten: reads.map((variable) => record.writes.has(variable)),
    writes,
    result,
    resultShapes: results.map(({ shape }) => shape),
  };
}

function isComputed(node: Node): boolean {
  return node.value !== undefined;
}

function requireTensor(leaf: unknown, where: string): Tensor {
  if (leaf instanceof Tensor) return leaf;
  throw new AntlerTraceError({
    where,
    expected: 'a function that returns tensors, or arrays and objects of them',
    got: leaf instanceof Promise ? 'a promise' : typeof leaf,
  });
}
