import type { Inspection } from '../../backends/backend.ts';
import { explainPlan } from '../../compiler/explain/explain.ts';
import type { ExplainedModule, Explanation } from '../../compiler/explain/explanation.ts';
import type { GraphNames } from '../../compiler/explain/graph.ts';
import { AntlerValueError } from '../../util/errors.ts';
import { requireKnownOptions } from '../../util/suggest.ts';
import { backend } from '../engine.ts';
import { realize } from '../realize.ts';
import { Tensor } from '../tensor.ts';
import { type TracedProgram, traceableLeaf, traceProgram } from '../traced-program.ts';
import { takeApart } from '../tree.ts';

export interface ExplainOptions {
  /**
   * Milliseconds of a clock that only goes forward, for instance `() => performance.now()`. With it the program runs on a
   * copy of its inputs, and every kernel comes with its time; without it nothing runs.
   */
  readonly clock?: () => number;
  /** Seconds to spend on measuring. Default 1. */
  readonly seconds?: number;
  /** Whether to add the code: each kernel's loops as pseudo-code, and the module as text. Default false. */
  readonly code?: boolean;
}

/**
 * What the compiler makes of a function: its graph, the kernels it is cut into with their FLOPs, bytes and times, what runs
 * when, the memory plan, and the code. The function is traced as `jit` would, and may be a result of `jit`; what it
 * assigns to variables is not assigned.
 * @param args what the function would be called with
 * @returns plain data; `formatExplanation` prints it
 * @throws AntlerTraceError if the function looks at values, or returns anything but tensors
 * @throws AntlerValueError if the backend in use compiles nothing
 */
export async function explain<Args extends readonly unknown[]>(
  f: (...args: Args) => unknown,
  args: Readonly<Args>,
  options: ExplainOptions = {},
): Promise<Explanation> {
  requireKnownOptions(options, ['clock', 'seconds', 'code'], 'explain');
  const { clock, seconds = 1, code = false } = options;
  const structure = takeApart(args);
  const leaves = structure.leaves.map(traceableLeaf);
  const program = traceProgram(f, structure, leaves, { where: 'explain' });
  const inspection = inspect(program);
  const tensors = leaves.filter((leaf) => leaf instanceof Tensor);
  return explainPlan({
    plan: inspection.plan,
    names: namesOf(program, tensors.length),
    module: moduleOf(inspection, code),
    times: clock && inspection.measure(storagesOf(program, tensors), { clock, seconds }),
    withCode: code,
  });
}

function inspect({ graph, donated }: TracedProgram): Inspection {
  const engine = backend();
  if (engine.inspect) return engine.inspect(graph, { donated });
  throw new AntlerValueError({
    where: 'explain',
    expected: 'a backend that compiles',
    got: engine.name,
    fix: "call setBackend('wasm') first",
  });
}

function moduleOf({ module }: Inspection, withText: boolean): ExplainedModule {
  const { format, bytes } = module;
  return withText ? { format, bytes, text: module.text() } : { format, bytes };
}

/** One for each input of the program, in its order; variables as they are now. */
function storagesOf({ reads, captured }: TracedProgram, tensors: readonly Tensor[]) {
  const given = realize(tensors.map(({ node }) => node));
  return [...given, ...reads.map((variable) => variable.peekStorage()), ...captured];
}

function namesOf({ reads, writes, captured, resultShapes }: TracedProgram, count: number): GraphNames {
  return {
    inputs: [
      ...Array.from({ length: count }, (_, i) => `argument ${i}`),
      ...reads.map(({ name }) => name),
      ...captured.map((_, i) => `constant ${i}`),
    ],
    outputs: [...resultShapes.map((_, i) => `result ${i}`), ...writes.map(({ name }) => name)],
  };
}
