import type { Executable } from '../backends/backend.ts';
import { at } from '../util/errors.ts';
import { compileCached, realize } from './realize.ts';
import { fromStorage, Tensor } from './tensor.ts';
import { currentTrace, keepsHistory } from './trace.ts';
import { type Calling, type TracedProgram, traceableLeaf, traceProgram } from './traced-program.ts';
import { listLeaves, takeApart } from './tree.ts';

/** A function traced and compiled for one signature of its arguments. */
interface Program extends Calling {
  readonly executable: Executable;
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
    const leaves = given.map(traceableLeaf);
    // inside another transformation the function is a part of what that one traces
    if (currentTrace() || keepsHistory()) return f(...(takeApart(args).rebuild(leaves) as Args));
    const tensors = leaves.filter((leaf) => leaf instanceof Tensor);
    const key = structure + leaves.map(leafKey).join();
    let program = programs.get(key);
    if (!program) {
      program = compile(traceProgram(f, takeApart(args), leaves, 'jit'));
      programs.set(key, program);
    }
    return run(program, tensors) as Result;
  };
}

function leafKey(leaf: unknown): string {
  return leaf instanceof Tensor ? leaf.signature : `${typeof leaf}:${String(leaf)}`;
}

/** The graph is let go: its nodes hold tensors. */
function compile({ graph, donated, ...calling }: TracedProgram): Program {
  return { ...calling, executable: compileCached(graph, donated) };
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
