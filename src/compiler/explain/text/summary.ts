import { alignColumns } from '../../../util/text-table.ts';
import type {
  ExplainedKernel,
  ExplainedMemory,
  ExplainedRuns,
  ExplainedTiming,
  Explanation,
} from '../explanation.ts';
import { counted, duration, figure, scaled } from './figures.ts';

/** A line for each part of an explanation. */
export function summaryLines({ graph, kernels, phases, memory, module, timing }: Explanation): string[] {
  const { nodes, inputs, outputs } = graph;
  const flops = total(kernels, ({ flops }) => flops);
  const rows = [
    [
      'graph',
      `${counted(nodes.length, 'node')}, ${counted(inputs.length, 'input')}, ${counted(outputs.length, 'output')}`,
    ],
    [
      'kernels',
      `${counted(kernels.length, 'kernel')} in ${counted(phases.length, 'phase')}: ${kindsOf(kernels)}`,
    ],
    ['work', workLine(kernels, flops)],
    ['memory', memoryLine(memory)],
    ['module', `${scaled(module.bytes, 'B')} of ${module.format}`],
    ...(timing ? timeRows(timing, flops) : []),
  ];
  return alignColumns(rows, ['left', 'left']);
}

/** Over a whole run; rounds that nobody knows count once. */
function total(kernels: readonly ExplainedKernel[], part: (kernel: ExplainedKernel) => number): number {
  return kernels.reduce((sum, kernel) => sum + part(kernel) * (kernel.rounds ?? 1), 0);
}

function kindsOf(kernels: readonly ExplainedKernel[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of kernels) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}

function workLine(kernels: readonly ExplainedKernel[], flops: number): string {
  const read = total(kernels, ({ bytesRead }) => bytesRead);
  const written = total(kernels, ({ bytesWritten }) => bytesWritten);
  const unknown = kernels.some(({ rounds }) => rounds === null)
    ? '; loops that data ends count one round'
    : '';
  return `${scaled(flops, 'FLOP')}, ${scaled(read, 'B')} read, ${scaled(written, 'B')} written${unknown}`;
}

function memoryLine({
  arenaBytes,
  ratio,
  sharedBytes,
  localBytes,
  inputBytes,
  outputBytes,
}: ExplainedMemory): string {
  const parts = `${scaled(sharedBytes, 'B')} shared and ${scaled(localBytes, 'B')} a thread`;
  const scratch = `${scaled(arenaBytes, 'B')} of scratch (${parts}), ${ratio.toFixed(2)} x the lower bound`;
  return `${scratch}; inputs ${scaled(inputBytes, 'B')}, new outputs ${scaled(outputBytes, 'B')}`;
}

function timeRows(timing: ExplainedTiming, flops: number): string[][] {
  const { runs, readingSeconds, kernelSeconds, betweenSeconds, alone, together, threads } = timing;
  const figures = ({ median, fastest }: ExplainedRuns, where: string) =>
    `${duration(median)} on ${where}: ${figure(flops / median / 1e9)} GFLOP/s (fastest run ${duration(fastest)})`;
  const marked = `${duration(kernelSeconds)} in kernels and ${duration(betweenSeconds)} between them`;
  return [
    ['time', figures(alone, 'one thread')],
    ...(threads > 1 ? [['', figures(together, `${threads} threads`)]] : []),
    ['', `with a reading of the clock behind every kernel: ${marked}`],
    ['', `medians of ${counted(runs, 'run')}; ${duration(readingSeconds)} taken off for each reading`],
  ];
}
