import { lookUp } from '../../../util/suggest.ts';
import type { Explanation } from '../explanation.ts';
import { codeLines } from './code-listing.ts';
import { graphLines } from './graph-list.ts';
import { kernelLines } from './kernel-table.ts';
import { memoryLines } from './memory-table.ts';
import { summaryLines } from './summary.ts';

/**
 * How much is printed, from little to all; each level prints those before it too.
 * `summary`: sums. `kernels`: every kernel with its work and time, in phases and regions. `memory`: where every value lies,
 * and when. `graph`: every node. `code`: each kernel as pseudo-code, and the module as text.
 */
export const EXPLANATION_LEVELS = ['summary', 'kernels', 'memory', 'graph', 'code'] as const;

export type ExplanationLevel = (typeof EXPLANATION_LEVELS)[number];

const SECTIONS: Readonly<Record<ExplanationLevel, (explanation: Explanation) => string[]>> = {
  summary: summaryLines,
  kernels: kernelLines,
  memory: memoryLines,
  graph: ({ graph }) => graphLines(graph),
  code: codeLines,
};

/**
 * An explanation as aligned text.
 * @param level how much of it; default `kernels`
 * @throws AntlerValueError for an unknown level
 */
export function formatExplanation(explanation: Explanation, level: ExplanationLevel = 'kernels'): string {
  lookUp(SECTIONS, level, { where: 'formatExplanation', kind: 'a level' });
  const shown = EXPLANATION_LEVELS.slice(0, EXPLANATION_LEVELS.indexOf(level) + 1);
  return shown.map((part) => SECTIONS[part](explanation).join('\n')).join('\n\n');
}
