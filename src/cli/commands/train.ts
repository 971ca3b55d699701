import { z } from 'zod';
import { AntlerValueError } from '../../util/errors.ts';
import { findTrainedSystem } from '../../zoo/index.ts';
import type { TrainedSystem } from '../../zoo/system.ts';
import { type Context, defineCommand, EXIT, type ExitCode } from '../command.ts';
import { count, seedNumber, text } from '../fields.ts';
import { outcomeOf } from '../run/outcome.ts';
import { resumeRun } from '../run/resume-run.ts';
import { startRun } from '../run/start-run.ts';
import type { FinishedRun } from '../run/training-run.ts';

const OPTIONS = z.object({
  epochs: count('passes over the training images').optional(),
  batchSize: count('images in one step').optional(),
  seed: seedNumber('seed of weights and order (default 1)').optional(),
  threads: count('threads (default: all cores)').optional(),
  data: text('FOLDER', 'folder with the data (default: wherever it is found)').optional(),
  out: text('FOLDER', 'run folder (default: runs/<system>-<time>)').optional(),
  resume: text('FOLDER', 'go on with an interrupted run').optional(),
});

export const train = defineCommand({
  name: 'train',
  summary: 'Train a system; its run folder gets weights, metrics and a report',
  arguments: z.object({ system: text('SYSTEM', 'name of a system, see antler list') }),
  options: OPTIONS,
  examples: [
    'antler train lenet5',
    'antler train lenet5 --epochs 2 --out runs/short',
    'antler train lenet5 --resume runs/short',
  ],
  async action({ system: id, resume, threads, ...options }, context) {
    const system = findTrainedSystem(id);
    if (resume !== undefined) {
      refuseBeside(resume, options);
      const { finished, config } = await resumeRun(system, resume, threads, context);
      return conclude(system, config.seed, resume, finished, context);
    }
    const { settings } = system.experiment;
    const { seed = 1, epochs = settings.epochs, batchSize = settings.batchSize, data, out } = options;
    const request = { system, settings: { ...settings, epochs, batchSize }, seed, threads, data, out };
    const { folder, finished } = await startRun(request, context);
    return conclude(system, seed, folder, finished, context);
  },
});

function conclude(
  system: TrainedSystem,
  seed: number,
  folder: string,
  finished: FinishedRun | undefined,
  { out }: Context,
): ExitCode {
  if (!finished) return EXIT.interrupted;
  const { samplesPerSecond, evaluation } = finished;
  out.result({
    ...outcomeOf(system, seed, finished),
    testAccuracy: evaluation.accuracy,
    samplesPerSecond,
    runDir: folder,
  });
  return EXIT.done;
}

/** A run goes on with the settings it began with, or its schedule would break. */
function refuseBeside(resume: string, options: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(options).find((name) => options[name] !== undefined);
  if (given === undefined) return;
  throw new AntlerValueError({
    where: `--resume ${resume}`,
    expected: 'no other option than --threads; the run keeps its own settings',
    got: `--${given.replace('batchSize', 'batch-size')}`,
  });
}
