import { z } from 'zod';
import { AntlerValueError } from '../../util/errors.ts';
import { findSystem, systems } from '../../zoo/index.ts';
import type { StudySize } from '../../zoo/study.ts';
import { isTrained, type WorkingSystem } from '../../zoo/system.ts';
import { type Context, defineCommand, EXIT, type ExitCode } from '../command.ts';
import { count, flag, seedNumber, text } from '../fields.ts';
import { type Outcome, outcomeOf } from '../run/outcome.ts';
import { startRun } from '../run/start-run.ts';
import { resumeStudy, startStudy } from '../study/start-study.ts';
import type { JudgedFinding, StudyOutcome } from '../study/study-outcome.ts';
import { metricValue, words } from '../terminal/format.ts';
import type { Output } from '../terminal/output.ts';
import { formatTable } from '../terminal/table.ts';

/** What may be said of a run beside its system. */
interface Request {
  readonly seed: number;
  readonly size: StudySize;
  readonly threads: number | undefined;
  readonly data: string | undefined;
  readonly out: string | undefined;
  readonly resume: string | undefined;
}

export const reproduce = defineCommand({
  name: 'reproduce',
  summary: 'Measure a system as its card says and compare it with its bar',
  arguments: z.object({ system: text('SYSTEM', 'name of a system, see antler list').optional() }),
  options: z.object({
    all: flag('every system that runs, one after the other'),
    seed: seedNumber('seed of weights and order (default 1)').optional(),
    threads: count('threads (default: all cores)').optional(),
    short: flag('the short form of an experiment: a slice of the data, a bar of its own'),
    data: text('FOLDER', 'folder with the data (default: wherever it is found)').optional(),
    out: text('FOLDER', 'run folder (default: runs/<system>-<time>)').optional(),
    resume: text('FOLDER', 'run folder of an interrupted experiment, to go on with').optional(),
  }),
  examples: [
    'antler reproduce lenet5',
    'antler reproduce rbm --seed 2 --threads 2 --json',
    'antler reproduce --all --json',
  ],
  async action({ system: id, all, seed = 1, threads, short, data, out, resume }, context) {
    const request = { seed, size: short ? 'short' : 'full', threads, data, out, resume } as const;
    if (!all) return reproduceOne(systemNamed(id), request, context);
    refuseBesideAll({ SYSTEM: id, '--data': data, '--out': out, '--resume': resume });
    let code: ExitCode = EXIT.done;
    for (const system of systems) {
      if (system.status !== 'works') continue;
      const ended = await reproduceOne(system, request, context);
      if (ended === EXIT.interrupted) return ended;
      if (ended !== EXIT.done) code = ended;
    }
    return code;
  },
});

async function reproduceOne(system: WorkingSystem, request: Request, context: Context): Promise<ExitCode> {
  const outcome = await outcomeFor(system, request, context);
  if (!outcome) return EXIT.interrupted;
  if ('findings' in outcome) showFindings(outcome, context.out);
  showOutcome(outcome, context.out);
  context.out.result(outcome);
  return outcome.passed ? EXIT.done : EXIT.missed;
}

async function outcomeFor(
  system: WorkingSystem,
  request: Request,
  context: Context,
): Promise<Outcome | StudyOutcome | undefined> {
  const { seed, size, threads, data, out, resume } = request;
  if (!isTrained(system)) {
    if (resume !== undefined) return resumeStudy(system, resume, threads, context);
    return startStudy({ system, size, seed, threads, data, out }, context);
  }
  if (resume !== undefined) {
    throw new AntlerValueError({
      where: `--resume ${resume}`,
      expected: 'an experiment of several parts',
      got: `${system.id}, which is one training`,
      fix: `run antler train ${system.id} --resume ${resume}`,
    });
  }
  const { settings } = system.experiment;
  const epochs = size === 'short' ? 1 : settings.epochs;
  const { finished } = await startRun(
    { system, settings: { ...settings, epochs }, seed, threads, data, out },
    context,
  );
  return finished && outcomeOf(system, seed, finished);
}

function systemNamed(id: string | undefined): WorkingSystem {
  if (id !== undefined) return findSystem(id);
  throw new AntlerValueError({
    where: 'antler reproduce',
    expected: 'the name of a system, or --all',
    got: 'neither',
    fix: 'see antler list',
  });
}

function refuseBesideAll(given: Readonly<Record<string, string | undefined>>): void {
  const other = Object.keys(given).find((name) => given[name] !== undefined);
  if (other === undefined) return;
  throw new AntlerValueError({ where: '--all', expected: `no ${other} beside it`, got: `${given[other]}` });
}

function showFindings({ findings }: StudyOutcome, out: Output): void {
  const rows = findings.map(({ name, metric, value, bar, published, passed }) => [
    mark(passed, out),
    name,
    `${words(metric)} ${metricValue(metric, value)}`,
    bar === null ? '' : `bar ${metricValue(metric, bar)}`,
    published === null ? '' : `published ${metricValue(metric, published)}`,
  ]);
  for (const line of formatTable(rows)) out.line(line);
}

function mark(passed: JudgedFinding['passed'], out: Output): string {
  if (passed === null) return ' ';
  return passed ? out.style('green', '✓') : out.style('red', '✗');
}

function showOutcome({ metric, value, bar, published, passed }: Outcome, out: Output): void {
  const figures = [
    `${words(metric)} ${metricValue(metric, value)}`,
    `bar ${metricValue(metric, bar)}`,
    ...(published === null ? [] : [`published ${metricValue(metric, published)}`]),
  ];
  const verdict = passed ? out.style('green', 'passed') : out.style('red', 'missed');
  out.line(`${verdict}: ${figures.join(', ')}`);
}
