import { joinPath, writeFileAtomic } from '#platform';
import { backupAndRestore } from '../../callbacks/backup-and-restore.ts';
import { planBatches, splitValidation } from '../../data/batches.ts';
import type { ImageDataset } from '../../data/labelled-images.ts';
import type { Sequential } from '../../models/sequential.ts';
import { setBackend } from '../../tensor/engine.ts';
import { trainClassifier } from '../../zoo/classification.ts';
import type { TrainedSystem } from '../../zoo/system.ts';
import type { Context } from '../command.ts';
import { writeReport } from '../report/report.ts';
import { withProgress } from '../terminal/download-progress.ts';
import { duration, grouped, percent } from '../terminal/format.ts';
import type { EpochRecord } from './epoch-record.ts';
import { type Evaluation, evaluateModel } from './evaluation.ts';
import { untilInterrupted } from './interrupt.ts';
import { writeJson } from './json-file.ts';
import { Recorder } from './recorder.ts';
import type { RunConfig } from './run-config.ts';
import { machineFacts, settingFacts } from './run-facts.ts';
import { RUN_FILES } from './run-files.ts';
import { createRunFolder, writeWeights } from './run-folder.ts';

export interface RunRequest {
  readonly system: TrainedSystem;
  readonly config: RunConfig;
  readonly folder: string;
  /** `resumed`: the folder holds this run's beginning. */
  readonly start: 'new' | 'resumed';
}

/** What a run that went to its end measured. */
export interface FinishedRun {
  readonly evaluation: Evaluation;
  /** Since the process started. */
  readonly seconds: number;
  /** Training images a second, over the whole epochs. */
  readonly samplesPerSecond: number;
  readonly weightsSha256: string;
  /** Where the data was found. */
  readonly dataLocation: string;
}

/** A run with all that it needs at hand. */
interface PreparedRun extends RunRequest {
  readonly data: ImageDataset;
  readonly model: Sequential;
  readonly trainCount: number;
}

/**
 * Trains a system, measures it on its test set and fills the run folder.
 * @returns undefined if Ctrl-C ended it before
 * @throws AntlerError for a user's mistake, before anything is written
 */
export async function performRun(request: RunRequest, context: Context): Promise<FinishedRun | undefined> {
  const { system, config, folder } = request;
  setBackend('wasm', config.threads === null ? {} : { threads: config.threads });
  const run = await prepare(request, context);
  const history = await train(run, context);
  if (!history) {
    context.out.line(`Go on with: antler train ${system.id} --resume ${folder}`);
    return undefined;
  }
  return finish(run, history, context);
}

async function prepare(request: RunRequest, { out }: Context): Promise<PreparedRun> {
  const { system, config, folder, start } = request;
  const data = await withProgress(out, (onProgress) =>
    system.experiment.data({ onProgress, ...(config.data !== null && { path: config.data }) }),
  );
  const { trainCount } = splitValidation(
    data.train.count,
    config.validationSplit,
    `antler train ${system.id}`,
  );
  planBatches(trainCount, config.batchSize, `antler train ${system.id}`);
  const model = system.experiment.model({ seed: config.seed, settings: config, trainCount });
  if (start === 'new') await createRunFolder(folder, config);
  out.line(`${system.title}, ${grouped(model.countParams())} parameters, seed ${config.seed}`);
  out.line(`${grouped(trainCount)} images to learn from, ${data.source.location}`);
  return { ...request, data, model, trainCount };
}

/** @returns the figures of all epochs, or undefined if the training was interrupted */
async function train(
  { config, folder, data, model }: PreparedRun,
  context: Context,
): Promise<readonly EpochRecord[] | undefined> {
  const { out, host } = context;
  const path = joinPath(folder, RUN_FILES.checkpoint);
  const recorder = new Recorder(folder, context);
  const backup = backupAndRestore({ path, deleteCheckpoint: false }); // the run is not finished with the training
  await untilInterrupted(host, out, (signal) =>
    trainClassifier(model, data, config, { callbacks: [recorder, backup], signal }),
  );
  if (recorder.records.length === config.epochs) return recorder.records;
  out.line(`Stopped in epoch ${model.trainingState.epoch + 1} of ${config.epochs}; saved in ${folder}.`);
  return undefined;
}

async function finish(
  { system, config, folder, data, model }: PreparedRun,
  history: readonly EpochRecord[],
  { out, host }: Context,
): Promise<FinishedRun> {
  const evaluation = await evaluateModel(model, data.test, data.classes.length);
  const weightsSha256 = await writeWeights(folder, model.weights);
  const seconds = host.elapsed() / 1000;
  const report = writeReport({
    system,
    classes: data.classes,
    history,
    evaluation,
    settings: settingFacts(config),
    machine: machineFacts(config),
    parameters: model.countParams(),
    weightsSha256,
    seconds,
    startedAt: new Date(config.startedAt),
  });
  await writeFileAtomic(joinPath(folder, RUN_FILES.report), new TextEncoder().encode(report));
  await writeJson(joinPath(folder, RUN_FILES.confusion), {
    classes: data.classes,
    counts: evaluation.confusion,
  });
  const { accuracy, loss, count } = evaluation;
  const samplesPerSecond = meanSpeed(history);
  const figures = { testAccuracy: accuracy, testLoss: loss, count, seconds, samplesPerSecond, weightsSha256 };
  await writeJson(joinPath(folder, RUN_FILES.result), figures);
  out.line();
  out.line(
    `test accuracy ${out.style('bold', percent(accuracy))} on ${grouped(count)} images, ${duration(seconds)}`,
  );
  out.line(`weights ${weightsSha256}`);
  out.line(`report  ${joinPath(folder, RUN_FILES.report)}`);
  return { evaluation, seconds, samplesPerSecond, weightsSha256, dataLocation: data.source.location };
}

/** Images a second when every epoch has as many images. */
function meanSpeed(history: readonly EpochRecord[]): number {
  return history.length / history.reduce((sum, { samplesPerSecond }) => sum + 1 / samplesPerSecond, 0);
}
