import { z } from 'zod';
import { findSystem } from '../../zoo/index.ts';
import { defineCommand, EXIT } from '../command.ts';
import { count, seedNumber, text } from '../fields.ts';
import { type Outcome, outcomeOf } from '../run/outcome.ts';
import { startRun } from '../run/start-run.ts';
import { metricValue, words } from '../terminal/format.ts';
import type { Output } from '../terminal/output.ts';

export const reproduce = defineCommand({
  name: 'reproduce',
  summary: 'Measure a system as its card says and compare it with its bar',
  arguments: z.object({ system: text('SYSTEM', 'name of a system, see antler list') }),
  options: z.object({
    seed: seedNumber('seed of weights and order (default 1)').optional(),
    threads: count('threads (default: all cores)').optional(),
    data: text('FOLDER', 'folder with the data (default: wherever it is found)').optional(),
    out: text('FOLDER', 'run folder (default: runs/<system>-<time>)').optional(),
  }),
  examples: ['antler reproduce lenet5', 'antler reproduce lenet5 --seed 2 --threads 2 --json'],
  async action({ system: id, seed = 1, threads, data, out: folder }, context) {
    const system = findSystem(id);
    const { settings } = system.experiment;
    const { finished } = await startRun({ system, settings, seed, threads, data, out: folder }, context);
    if (!finished) return EXIT.interrupted;
    const outcome = outcomeOf(system, seed, finished);
    showOutcome(outcome, context.out);
    context.out.result(outcome);
    return outcome.passed ? EXIT.done : EXIT.missed;
  },
});

function showOutcome({ metric, value, bar, published, passed }: Outcome, out: Output): void {
  const figures = [
    `${words(metric)} ${metricValue(metric, value)}`,
    `bar ${metricValue(metric, bar)}`,
    ...(published === null ? [] : [`published ${metricValue(metric, published)}`]),
  ];
  const verdict = passed ? out.style('green', 'passed') : out.style('red', 'missed');
  out.line(`${verdict}: ${figures.join(', ')}`);
}
