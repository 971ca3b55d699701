/** Run as a program: Antler as one of the measured programs. Speaks what `protocol.ts` says. */

import { createInterface } from 'node:readline';
import { setBackend } from '../../tensor/engine.ts';
import { engineFeatures } from '../../tensor/features.ts';
import { at, invariant } from '../../util/errors.ts';
import { readVersion } from '../version.ts';
import type { Request } from './protocol.ts';
import type { OpenCase, Round } from './suite.ts';
import { suites } from './suites/index.ts';

const cases: Readonly<Record<string, OpenCase>> = Object.assign({}, ...suites.map((suite) => suite.cases));
let round: Round | undefined;

function say(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function answer(request: Request): Promise<unknown> {
  if (request.do === 'run') {
    invariant(round, 'work is opened before it is run');
    return { seconds: await round(request.iterations) };
  }
  const open = cases[request.case];
  invariant(open, `a case of a suite, not ${request.case}`);
  round = await open(request.parameters);
  return { ready: true };
}

setBackend('wasm', { threads: Number(at(process.argv, -1)) });
const { relaxedSimd } = engineFeatures();
say({
  hello: {
    versions: {
      antler: readVersion(),
      node: process.versions.node,
      'relaxed SIMD': relaxedSimd ? 'yes' : 'no',
    },
  },
});
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line) as Request;
  say(await answer(request).catch((error: unknown) => ({ failed: String(error) })));
}
process.exit(0);
