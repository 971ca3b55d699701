import type { Storage } from '../backends/backend.ts';
import { type Graph, topologicalOrder } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { AntlerTraceError, at } from '../util/errors.ts';
import { sameShape } from '../util/shapes.ts';
import { isComputed } from './realize.ts';
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

/** What `traceProgram` is told beside the function and its arguments. */
export interface TraceOptions {
  /** Names the caller in errors. */
  readonly where: string;
  /** Tensors among the arguments whose memory results may take. Default none. */
  readonly given?: ReadonlySet<Tensor>;
}

/**
 * Calls a function once on stand-ins of the tensors among its arguments. What it assigns to variables is not assigned.
 * @param leaves of the arguments, numbers made tensors
 * @throws AntlerTraceError if it looks at values, or returns anything but tensors
 */
export function traceProgram<Args extends readonly unknown[]>(
  f: (...args: Args) => unknown,
  structure: Structure,
  leaves: readonly unknown[],
  { where, given = new Set() }: TraceOptions,
): TracedProgram {
  const tensors = leaves.filter((leaf) => leaf instanceof Tensor);
  // one for each place: a tensor given twice may be two tensors in the next call
  const placeholders = tensors.map(tracedInput);
  let next = 0;
  const record: Trace = { reads: new Map(), writes: new Map() };
  const args = structure.rebuild(
    leaves.map((leaf) => (leaf instanceof Tensor ? at(placeholders, next++) : leaf)),
  ) as Args;
  const result = takeApart(withTrace(record, () => f(...args)));
  const results = result.leaves.map((leaf) => requireTensor(leaf, where));
  const reads = [...record.reads.keys()];
  const writes = [...record.writes.keys()];
  const outputs = [...results, ...record.writes.values()].map(({ node }) => node);
  const captured = topologicalOrder(outputs, isComputed).filter(isComputed);
  const inputs = [...[...placeholders, ...record.reads.values()].map(({ node }) => node), ...captured];
  const donate = new Donation(outputs, results.length);
  const donated = inputs.map((node, i) => {
    const variable = reads[i - tensors.length];
    const tensor = tensors[i];
    if (tensor) return given.has(tensor) ? donate.toResult(node) : null;
    return variable && record.writes.has(variable) ? results.length + writes.indexOf(variable) : null;
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

/** Who takes the memory of which result. */
class Donation {
  readonly #free: Set<number>;
  readonly #outputs: readonly Node[];

  /** @param results how many of the outputs are results; the others are variables and take their own memory */
  constructor(outputs: readonly Node[], results: number) {
    this.#outputs = outputs;
    this.#free = new Set(outputs.slice(0, results).keys());
  }

  /** The first result of the same shape and dtype whose memory is not given yet, or null. */
  toResult({ shape, dtype }: Node): number | null {
    for (const index of this.#free) {
      const output = at(this.#outputs, index);
      if (output.dtype !== dtype || !sameShape(output.shape, shape)) continue;
      this.#free.delete(index);
      return index;
    }
    return null;
  }
}

function requireTensor(leaf: unknown, where: string): Tensor {
  if (leaf instanceof Tensor) return leaf;
  throw new AntlerTraceError({
    where,
    expected: 'a function that returns tensors, or arrays and objects of them',
    got: leaf instanceof Promise ? 'a promise' : typeof leaf,
  });
}
