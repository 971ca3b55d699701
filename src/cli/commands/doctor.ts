import { z } from 'zod';
import { defineCommand, EXIT } from '../command.ts';
import { type Check, checkMachine } from '../machine/checks.ts';
import type { Output } from '../terminal/output.ts';
import { formatTable } from '../terminal/table.ts';

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Say what this machine offers: Node, SIMD, threads, memory, GPU, data',
  arguments: z.object({}),
  options: z.object({}),
  examples: ['antler doctor', 'antler doctor --json'],
  async action(_values, { out }) {
    const checks = await checkMachine();
    const rows = checks.map((check) => [mark(check, out), check.name, check.found]);
    for (const line of formatTable(rows)) out.line(line);
    const healthy = checks.every(({ state }) => state !== 'failed');
    out.line();
    out.line(healthy ? 'Antler runs here.' : 'Antler does not run here; see the lines marked failed.');
    out.result({ healthy, checks });
    return healthy ? EXIT.done : EXIT.missed;
  },
});

function mark({ state }: Check, out: Output): string {
  if (state === 'ok') return out.style('green', 'ok');
  return out.style(state === 'failed' ? 'red' : 'yellow', state);
}
