import type { Executable, Storage } from '../backends/backend.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { compileCached, realize } from './realize.ts';
import { fromStorage, Tensor } from './tensor.ts';
import { currentTrace, keepsHistory } from './trace.ts';
import { type Calling, type TracedProgram, traceableLeaf, traceProgram } from './traced-program.ts';
import { listLeaves, takeApart } from './tree.ts';

/** A function traced and compiled for one signature of its arguments. */
interface Program extends Calling {
  readonly executable: Executable;
  readonly donated: TracedProgram['donated'];
}

/** Options of `jit`. */
export interface JitOptions {
  /**
   * Places of arguments that are given away: results may take the memory of their tensors, which are disposed of by the
   * call. Default none.
   */
  readonly donate?: readonly number[];
}

/**
 * Compiles a function. The first call with arguments of a given structure, shape and dtype traces it into
 * one program; later calls run that program alone. Numbers are passed in, so they may change freely;
 * strings and booleans are part of the signature. Variables that the function reads or assigns are
 * the program's state and are updated in place. Inside another transformation (`grad`, `vmap`, `jit` ...) the function
 * is called as it is, since the whole is compiled together.
 * @throws AntlerTraceError if the function looks at values, or returns anything but tensors; AntlerValueError for a
 * place in `donate` that is none, and for a call that gives a tensor away and passes it once more
 */
export function jit<Args extends readonly unknown[], Result>(
  f: (...args: Args) => Result,
  { donate = [] }: JitOptions = {},
): (...args: Args) => Result {
  requirePlaces(donate);
  const programs = new Map<string, Program>();
  return (...args) => {
    const passed: unknown[] = [];
    const structure = listLeaves(args, passed);
    const leaves = passed.map(traceableLeaf);
    // inside another transformation the function is a part of what that one traces
    if (currentTrace() || keepsHistory()) return f(...(takeApart(args).rebuild(leaves) as Args));
    const tensors = leaves.filter((leaf) => leaf instanceof Tensor);
    const key = structure + leaves.map(leafKey).join();
    let program = programs.get(key);
    if (!program) {
      const given = new Set(tensorsAt(donate, args));
      program = compile(traceProgram(f, takeApart(args), leaves, { where: 'jit', given }));
      programs.set(key, program);
    }
    if (donate.length === 0) return run(program, inputsOf(program, tensors)) as Result;
    return runDonating(program, tensors, tensorsAt(donate, args)) as Result;
  };
}

/** Runs a program that owns some of its arguments from now on. */
function runDonating(program: Program, tensors: readonly Tensor[], given: readonly Tensor[]): unknown {
  const inputs = inputsOf(program, tensors);
  for (const tensor of given) requireOnce(tensor, tensors, inputs);
  const result = run(program, inputs);
  for (const tensor of given) {
    const isTaken = program.donated[tensors.indexOf(tensor)] !== null;
    if (isTaken) tensor.giveAway();
    else tensor.dispose();
  }
  return result;
}

/** Tensors among the arguments at some places. */
function tensorsAt(places: readonly number[], args: readonly unknown[]): Tensor[] {
  const leaves: unknown[] = [];
  for (const place of places) listLeaves(args[place], leaves);
  return leaves.filter((leaf) => leaf instanceof Tensor);
}

function requirePlaces(donate: readonly number[]): void {
  const wrong = donate.find((place) => !Number.isInteger(place) || place < 0);
  if (wrong === undefined) return;
  throw new AntlerValueError({
    where: 'jit, donate',
    expected: 'places of arguments, from 0',
    got: `${wrong}`,
  });
}

/** Memory that is given away must not be read through another argument, a variable, or from outside. */
function requireOnce(given: Tensor, tensors: readonly Tensor[], inputs: readonly Storage[]): void {
  const storage = at(inputs, tensors.indexOf(given));
  const last = inputs.lastIndexOf(storage);
  if (inputs.indexOf(storage) === last) return;
  const otherwise = last < tensors.length ? 'twice' : 'that the function also knows from outside';
  throw new AntlerValueError({
    where: 'jit, donate',
    expected: 'a donated tensor once among the arguments',
    got: `${given.signature} ${otherwise}`,
    fix: 'pass a copy, or do not donate it',
  });
}

function leafKey(leaf: unknown): string {
  return leaf instanceof Tensor ? leaf.signature : `${typeof leaf}:${String(leaf)}`;
}

/** The graph is let go: its nodes hold tensors. */
function compile({ graph, donated, ...calling }: TracedProgram): Program {
  return { ...calling, donated, executable: compileCached(graph, donated) };
}

/** What a program reads: arguments, variables, and values from outside. */
function inputsOf(program: Program, tensors: readonly Tensor[]): Storage[] {
  const inputs = realize(tensors.map(({ node }) => node));
  program.reads.forEach((variable, i) => {
    inputs.push(program.overwritten[i] ? variable.takeStorage() : variable.peekStorage());
  });
  inputs.push(...program.captured);
  return inputs;
}

function run(program: Program, inputs: readonly Storage[]): unknown {
  const outputs = program.executable.run(inputs);
  const count = program.resultShapes.length;
  program.writes.forEach((variable, i) => {
    variable.adoptStorage(at(outputs, count + i));
  });
  return program.result.rebuild(program.resultShapes.map((shape, i) => fromStorage(at(outputs, i), shape)));
}
