import { printStatements } from '../../graph/kernel/print.ts';
import { lookup } from '../../util/errors.ts';
import type { Plan } from '../compile.ts';
import type { Kernel } from '../schedule/kernel.ts';
import type { ExplainedKernel, ExplainedModule, ExplainedTiming, Explanation } from './explanation.ts';
import { fusedNodes } from './fused-nodes.ts';
import { explainGraph, type GraphNames, NodeNumbers } from './graph.ts';
import { explainKernel, type KernelTime } from './kernels.ts';
import { explainMemory } from './memory.ts';
import { explainProgram } from './program.ts';
import { statementsOf } from './work.ts';

/** What was measured of a plan. */
export interface MeasuredTimes {
  /** Of each kernel. */
  readonly kernels: ReadonlyMap<Kernel, KernelTime>;
  readonly timing: ExplainedTiming;
}

export interface ExplainedParts {
  readonly plan: Plan;
  readonly names: GraphNames;
  readonly module: ExplainedModule;
  readonly times: MeasuredTimes | undefined;
  /** Whether each kernel comes with its loops as pseudo-code. */
  readonly withCode: boolean;
}

/** A plan, and what is known of its code and its times, as plain data. */
export function explainPlan({ plan, names, module, times, withCode }: ExplainedParts): Explanation {
  const numbers = new NodeNumbers(plan.graph);
  const { kernels, phases } = explainProgram(plan.phases);
  const fused = fusedNodes(
    plan.graph,
    kernels.map(({ kernel }) => kernel),
  );
  const explained = kernels.map((placed) => {
    const { kernel } = placed;
    const time = times && lookup(times.kernels, kernel);
    const data = explainKernel(placed, fused(kernel), numbers, time);
    return withCode ? { ...data, code: pseudoCode(kernel, numbers) } : data;
  });
  return {
    graph: explainGraph(plan.graph, numbers, names),
    kernels: withShares(explained),
    phases,
    memory: explainMemory(plan, numbers),
    module,
    timing: times?.timing ?? null,
  };
}

function withShares(kernels: readonly ExplainedKernel[]): ExplainedKernel[] {
  const total = kernels.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
  return kernels.map((kernel) =>
    kernel.seconds === null || total === 0 ? kernel : { ...kernel, share: kernel.seconds / total },
  );
}

function pseudoCode({ body, operands }: Kernel, numbers: NodeNumbers): string {
  if (body.kind === 'native') return '';
  const names = operands.map(({ buffer }) => numbers.rename(buffer.name));
  return printStatements(statementsOf(body), names).join('\n');
}
