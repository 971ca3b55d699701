import { z } from 'zod';
import { joinPath, makeDirectory, writeFileAtomic } from '#platform';
import { AntlerValueError } from '../../util/errors.ts';
import { lookUp } from '../../util/suggest.ts';
import { plotRatios } from '../bench/plot.ts';
import { findPlaces, type Places } from '../bench/programs.ts';
import { describeMachine, headerLines, type Report } from '../bench/report.ts';
import type { Row } from '../bench/row.ts';
import { rowTable } from '../bench/row-table.ts';
import { runSuite } from '../bench/run-suite.ts';
import type { Suite } from '../bench/suite.ts';
import { suites } from '../bench/suites/index.ts';
import { type Context, defineCommand, EXIT } from '../command.ts';
import { count, flag, text } from '../fields.ts';

const ALL = 'all';

export const bench = defineCommand({
  name: 'bench',
  summary: 'Measure how fast Antler is, in turns with the libraries that are installed beside it',
  arguments: z.object({}),
  options: z.object({
    suite: text('SUITE', `${suites.map(({ name }) => name).join(', ')} (default: ${ALL})`).optional(),
    rounds: count('rounds of each side; figures are medians (default 7)').optional(),
    roundMs: count('milliseconds a round lasts (default 250)').optional(),
    alone: flag('leave the peers out'),
    node: text('NODE', 'also on this Node: a path, or current for the one of the tests').optional(),
    out: text('FOLDER', 'write the suite as SUITE.json and SUITE.svg').optional(),
  }),
  examples: ['antler bench --suite lenet', 'antler bench --suite matmul --node current --out bench/results'],
  async action({ suite: name = ALL, rounds = 7, roundMs = 250, alone, node, out: folder }, context) {
    const { out } = context;
    const places = findPlaces();
    const machine = describeMachine();
    const versions: Record<string, string> = {};
    const rows: Row[] = [];
    if (places.peers === undefined && !alone) {
      out.line('Peers are measured only in a checkout of Antler; here Antler is measured alone.');
    }
    for (const suite of chosenSuites(name)) {
      const result = await runSuite(suite, {
        effort: { rounds, roundSeconds: roundMs / 1000 },
        places,
        nodes: chosenNodes(node, places),
        withPeers: places.peers !== undefined && !alone,
        onProgress: (what) => out.live(`measuring ${what} ...`),
      });
      rows.push(...result.rows);
      Object.assign(versions, result.versions);
    }
    const report: Report = { machine, versions, rows };
    await conclude(report, folder === undefined ? undefined : joinPath(folder, name), context);
    return EXIT.done;
  },
});

function chosenSuites(name: string): readonly Suite[] {
  if (name === ALL) return suites;
  const table = Object.fromEntries(suites.map((suite) => [suite.name, suite]));
  return [lookUp(table, name, { where: '--suite', kind: 'the name of a suite' })];
}

function chosenNodes(node: string | undefined, { node: own, currentNode }: Places): string[] {
  if (node !== 'current') return node === undefined ? [own] : [own, node];
  if (currentNode === undefined) {
    throw new AntlerValueError({
      where: '--node current',
      expected: 'a current Node',
      got: 'none',
      fix: 'run npm run bench:peers in a checkout, or give a path',
    });
  }
  return [...new Set([own, currentNode])];
}

async function conclude(report: Report, path: string | undefined, { out }: Context): Promise<void> {
  out.endLive();
  for (const line of [...headerLines(report), '', ...rowTable(report.rows)]) out.line(line);
  if (path !== undefined) {
    await makeDirectory(joinPath(path, '..'));
    const encode = (content: string) => new TextEncoder().encode(content);
    await writeFileAtomic(`${path}.json`, encode(`${JSON.stringify(report, null, 2)}\n`));
    await writeFileAtomic(`${path}.svg`, encode(plotRatios(report)));
    out.line(`written: ${path}.json, ${path}.svg`);
  }
  out.result(report);
}
