import { z } from 'zod';
import { DATASET_CATALOGUE, type DatasetEntry } from '../../data/catalogue.ts';
import type { DatasetSource } from '../../data/labelled-images.ts';
import { AntlerDataError } from '../../util/errors.ts';
import { lookUp } from '../../util/suggest.ts';
import { systems } from '../../zoo/index.ts';
import { defineCommand, EXIT } from '../command.ts';
import { text } from '../fields.ts';
import type { Output } from '../terminal/output.ts';
import { formatTable } from '../terminal/table.ts';

/** A dataset as it stands on this machine. */
interface Standing {
  readonly entry: DatasetEntry;
  readonly source: DatasetSource | undefined;
  /** What is wrong with the files; undefined if nothing is, or nothing was looked for. */
  readonly fault?: string;
}

const ACTIONS = { list: false, check: true };

export const data = defineCommand({
  name: 'data',
  summary: 'Show every dataset: where it is, what it holds, and the command that gets it',
  arguments: z.object({
    action: text('ACTION', 'list, or check: also hold the files against their checksums').optional(),
  }),
  options: z.object({}),
  examples: ['antler data', 'antler data check --json'],
  async action({ action = 'list' }, { out }) {
    const verify = lookUp(ACTIONS, action, { where: 'antler data', kind: 'an action' });
    const standings = await Promise.all(DATASET_CATALOGUE.map((entry) => lookAt(entry, verify)));
    showTable(standings, verify, out);
    out.result(standings.map(describe));
    return standings.some(({ fault }) => fault !== undefined) ? EXIT.missed : EXIT.done;
  },
});

async function lookAt(entry: DatasetEntry, verify: boolean): Promise<Standing> {
  const source = await entry.find();
  if (!source || !verify) return { entry, source };
  try {
    await entry.verify(source);
    return { entry, source };
  } catch (error) {
    if (!(error instanceof AntlerDataError)) throw error;
    return { entry, source, fault: error.message };
  }
}

function showTable(standings: readonly Standing[], verified: boolean, out: Output): void {
  const rows = standings.map(({ entry, source, fault }) => {
    const found =
      fault === undefined ? out.style('green', verified ? 'right' : 'found') : out.style('red', 'damaged');
    const place = source ? source.location : `get it: ${entry.install}`;
    return [source ? found : out.style('dim', 'missing'), entry.name, entry.samples, entry.licence, place];
  });
  for (const line of formatTable(rows)) out.line(line);
  for (const { fault } of standings) if (fault !== undefined) out.line(fault);
}

function describe({ entry, source, fault }: Standing) {
  const { name, samples, licence, install, sha256 } = entry;
  const users = systems.flatMap((system) =>
    'study' in system && system.study.data.includes(name) ? [system.id] : [],
  );
  const state = fault === undefined ? 'found' : 'damaged';
  return {
    name,
    state: source ? state : 'missing',
    location: source?.location ?? null,
    samples,
    licence,
    install,
    sha256,
    systems: users,
    ...(fault !== undefined && { fault }),
  };
}
