import type { ExplainedKernel, Explanation } from '../explanation.ts';
import { typed } from './figures.ts';

/** The loops of every kernel as pseudo-code, then the module as text. */
export function codeLines({ kernels, module }: Explanation): string[] {
  return [
    ...kernels.flatMap((kernel, number) => [...kernelListing(kernel, number), '']),
    ...(module.text === undefined ? [] : [module.text.trimEnd()]),
  ];
}

function kernelListing(kernel: ExplainedKernel, number: number): string[] {
  const { name, kind, scope, rows, reads, writes, operations, code = '' } = kernel;
  const fused = operations.map((operation) => `${operation.primitive} ${typed(operation)}`);
  return [
    `# kernel ${number}: ${name}${scope === '' ? '' : ` in ${scope}`}, ${rows} ${rows === 1 ? 'row' : 'rows'}`,
    `# reads ${reads.join(', ') || 'nothing'}; writes ${writes.join(', ')}`,
    ...(fused.length > 0 ? [`# computes ${fused.join(', ')}`] : []),
    ...(kind === 'tuned' ? ['# written by hand: see its function in the module'] : code.split('\n')),
  ];
}
