import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { duration, type Suite } from '../suite.ts';

const Report = z.object({ seconds: z.number().positive() });
const PROBE = fileURLToPath(new URL('../coldstart-probe.js', import.meta.url));

/** What stands before the first result. Every iteration is a process of its own. */
export const coldstart: Suite = {
  name: 'coldstart',
  summary: 'from the import of antler to the first compiled training step, in fresh processes',
  measurements: [
    {
      name: 'import + first step',
      case: 'coldstart',
      threads: [2],
      unit: duration('ms'),
      peers: [{ program: 'pytorch' }],
      bar: 150,
    },
  ],
  cases: {
    coldstart: async () => async (iterations) => {
      let seconds = 0;
      for (let i = 0; i < iterations; i++) {
        const { stdout } = await promisify(execFile)(process.execPath, [PROBE]);
        seconds += Report.parse(JSON.parse(stdout)).seconds;
      }
      return seconds;
    },
  },
};
