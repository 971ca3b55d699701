import type { Executable, Storage } from '../backends/backend.ts';
import { topologicalOrder } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { AntlerTraceError, at } from '../util/errors.ts';
import { compileCached, realize } from './realize.ts';
import { fromHost, fromStorage, Tensor } from './tensor.ts';
import { currentTrace, keepsHistory, type Trace, withTrace } from './trace.ts';
import { tracedInput } from './traced-input.ts';
import { listLeaves, type Structure, takeApart } from './tree.ts';
import type { Variable } from './variable.ts';

/** A function traced and compiled for one signature of its arguments. */
interface Program {
  readonly executable: Executable;
  /** Computed values of tensors that the function knows from outside. */
  readonly captured: readonly Storage[];
  readonly reads: readonly Variable[];
  /** For each read variable, whether the program writes it too. */
  readonly overwritten: readonly boolean[];
  readonly writes: readonly Variable[];
  readonly result: Structure;
  readonly resultShapes: readonly (readonly number[])[];
}

/**
 * Compiles a function. The first call with arguments of a given structure, shape and dtype traces it into
 * one program; later calls run that program alone. Numbers are passed in, so they may change freely;
 * strings and booleans are part of the signature. Variables that the function reads or assigns are
 * the program's state and are updated in place. Inside another transformation (`grad`, `vmap`, `jit` ...) the function
 * is called as it is, since the whole is compiled together.
 * @throws AntlerTraceError if the function looks at values, or returns anything but tensors
 */
export function jit<Args extends readonly unknown[], Result>(
  f: (...args: Args) => Result,
): (...args: Args) => Result {
  const programs = new Map<string, Program>();
  return (...args) => {
    const given: unknown[] = [];
    const structure = listLeaves(args, given);
    const leaves = given.map((leaf) => (typeof leaf === 'number' ? scalarTensor(leaf) : leaf));
    // inside another transformation the function is a part of what that one traces
    if (currentTrace() || keepsHistory()) return f(...(takeApart(args).rebuild(leaves) as Args));
    const tensors = leaves.filter((leaf) => leaf instanceof Tensor);
    const key = structure + leaves.map(leafKey).join();
    let program = programs.get(key);
    if (!program) {
      program = trace(f, takeApart(args), leaves, tensors);
      programs.set(key, program);
    }
    return run(program, tensors) as Result;
  };
}

function scalarTensor(value: number): Tensor {
  return fromHost(Float32Array.of(value), [], 'float32');
}

function leafKey(leaf: unknown): string {
  return leaf instanceof Tensor ? leaf.signature : `${typeof leaf}:${String(leaf)}`;
}

function trace<Args extends readonly unknown[], Result>(
  f: (...args: Args) => Result,
  structure: Structure,
  leaves: readonly unknown[],
  tensors: readonly Tensor[],
): Program {
  const placeholders = new Map(tensors.map((tensor) => [tensor, tracedInput(tensor)]));
  const argument = (tensor: Tensor) => placeholders.get(tensor) ?? tensor;
  const record: Trace = { reads: new Map(), writes: new Map() };
  const args = structure.rebuild(
    leaves.map((leaf) => (leaf instanceof Tensor ? argument(leaf) : leaf)),
  ) as Args;
  const result = takeApart(withTrace(record, () => f(...args)));
  const results = result.leaves.map(requireTensor);
  const reads = [...record.reads.keys()];
  const writes = [...record.writes.keys()];
  const outputs = [...results, ...record.writes.values()].map(({ node }) => node);
  const isComputed = (node: Node) => node.value !== undefined;
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
    executable: compileCached({ inputs, outputs }, donated),
    captured: captured.map(({ value }) => value as Storage),
    reads,
    overwritten: reads.map((variable) => record.writes.has(variable)),
    writes,
    result,
    resultShapes: results.map(({ shape }) => shape),
  };
}

function requireTensor(leaf: unknown): Tensor {
  if (leaf instanceof Tensor) return leaf;
  throw new AntlerTraceError({
    where: 'jit',
    expected: 'a function that returns tensors, or arrays and objects of them',
    got: leaf instanceof Promise ? 'a promise' : typeof leaf,
  });
}

function run(program: Program, tensors: readonly Tensor[]): unknown {
  const inputs = realize(tensors.map(({ node }) => node));
  program.reads.forEach((variable, i) => {
    inputs.push(program.overwritten[i] ? variable.takeStorage() : variable.peekStorage());
  });
  inputs.push(...program.captured);
  const outputs = program.executable.run(inputs);
  const count = program.resultShapes.length;
  program.writes.forEach((variable, i) => {
    variable.adoptStorage(at(outputs, count + i));
  });
  return program.result.rebuild(program.resultShapes.map((shape, i) => fromStorage(at(outputs, i), shape)));
}
