import { z } from 'zod';
import { joinPath, writeFileAtomic } from '#platform';
import { gridSearch } from '../../tuning/search/grid.ts';
import { hyperband, successiveHalving } from '../../tuning/search/hyperband.ts';
import { randomSearch } from '../../tuning/search/random.ts';
import type { Search } from '../../tuning/search/search.ts';
import { tpe } from '../../tuning/search/tpe.ts';
import type { Trial } from '../../tuning/trial.ts';
import { tune as search, type Tuning } from '../../tuning/tune.ts';
import { AntlerValueError } from '../../util/errors.ts';
import { lookUp } from '../../util/suggest.ts';
import { findSystem, systems } from '../../zoo/index.ts';
import type { SystemSearch, WorkingSystem } from '../../zoo/system.ts';
import { type Context, defineCommand, EXIT } from '../command.ts';
import { count, seedNumber, text } from '../fields.ts';
import { untilInterrupted } from '../run/interrupt.ts';
import { RUN_FILES } from '../run/run-files.ts';
import { defaultRunFolder } from '../run/run-folder.ts';
import { duration, metricValue, words } from '../terminal/format.ts';
import { writeTuneReport } from '../tune/tune-report.ts';

const SEARCHES: Readonly<Record<string, (epochs: number) => Search>> = {
  tpe: () => tpe(),
  random: () => randomSearch(),
  grid: () => gridSearch(),
  halving: (maxBudget) => successiveHalving({ maxBudget }),
  hyperband: (maxBudget) => hyperband({ maxBudget }),
};

export const tune = defineCommand({
  name: 'tune',
  summary: 'Search for the settings with which a system learns best, on validation data',
  arguments: z.object({ system: text('SYSTEM', 'name of a system that has a search') }),
  options: z.object({
    search: text('METHOD', `${Object.keys(SEARCHES).join(', ')} (default tpe)`).optional(),
    trials: count('most trials in all (default 20)').optional(),
    parallel: count('processes at a time (default 1)').optional(),
    seed: seedNumber('seed of the search and of the weights (default 1)').optional(),
    out: text('FOLDER', 'folder of the search; goes on if it holds one (default: by the clock)').optional(),
  }),
  examples: [
    'antler tune model-selection --trials 30 --parallel 2',
    'antler tune lenet5 --search hyperband --out runs/search',
  ],
  async action({ system: id, search: method = 'tpe', trials = 20, parallel = 1, seed = 1, out }, context) {
    const system = findSystem(id);
    const searched = searchOf(system);
    const make = lookUp(SEARCHES, method, { where: '--search', kind: 'a method' });
    const folder = out ?? defaultRunFolder(`tune-${id}`, new Date(context.host.now()));
    const start = context.host.elapsed();
    const found = await searchUntilInterrupted(searched, context, {
      trials,
      parallel,
      seed,
      folder,
      search: make(searched.epochs),
    });
    if (!found) {
      context.out.line(`Stopped; go on with the same command and --out ${folder}`);
      return EXIT.interrupted;
    }
    const seconds = (context.host.elapsed() - start) / 1000;
    const report = writeTuneReport({ system, searched, method, tuning: found, seconds });
    await writeFileAtomic(joinPath(folder, RUN_FILES.report), new TextEncoder().encode(report));
    conclude(system, searched, found, { folder, seconds, context });
    return EXIT.done;
  },
});

type SearchRequest = Pick<Parameters<typeof search>[0], 'trials' | 'parallel' | 'seed' | 'folder' | 'search'>;

async function searchUntilInterrupted(
  { space, objective: module, metric }: SystemSearch,
  { out, host }: Context,
  request: SearchRequest,
): Promise<Tuning<typeof space> | undefined> {
  let found: Tuning<typeof space> | undefined;
  const finished = await untilInterrupted(host, out, async (signal) => {
    const onTrial = (trial: Trial) => out.line(describeTrial(trial, metric));
    found = await search({ ...request, space, objective: { module }, signal, onTrial });
  });
  return finished ? found : undefined;
}

function searchOf(system: WorkingSystem): SystemSearch {
  if (system.search) return system.search;
  const known = systems.flatMap((other) => ('search' in other && other.search ? [other.id] : []));
  throw new AntlerValueError({
    where: `system ${system.id}`,
    expected: `a system with a search (${known.join(', ')})`,
    got: system.title,
    fix: 'give tune() an objective of your own',
  });
}

function describeTrial({ number, values, budget, state, value, error }: Trial, metric: string): string {
  const settings = Object.entries(values).map(([name, of]) => `${words(name)} ${brief(of)}`);
  const outcome = state === 'done' && value !== undefined ? metricValue(metric, value) : `failed: ${error}`;
  const epochs = budget === undefined ? [] : [`${budget} epochs`];
  return `trial ${number}  ${[...settings, ...epochs].join(', ')}  ${outcome}`;
}

function conclude(
  system: WorkingSystem,
  { metric }: SystemSearch,
  { best, trials }: Tuning<SystemSearch['space']>,
  { folder, seconds, context: { out } }: { folder: string; seconds: number; context: Context },
): void {
  const settings = Object.entries(best.values).map(([name, value]) => `${words(name)} ${brief(value)}`);
  const failed = trials.filter(({ state }) => state === 'failed').length;
  out.line();
  out.line(
    `best: ${words(metric)} ${out.style('bold', metricValue(metric, best.value))} with ${settings.join(', ')}`,
  );
  out.line(
    `${trials.length} trials, ${failed} failed, ${duration(seconds)}; report ${joinPath(folder, RUN_FILES.report)}`,
  );
  out.result({ system: system.id, metric, ...best, trials: trials.length, failed, seconds, runDir: folder });
}

function brief(value: unknown): string {
  return typeof value === 'number' ? `${Number(value.toPrecision(3))}` : String(value);
}
