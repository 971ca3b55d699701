import { CallbackList } from '../../callbacks/callback-list.ts';
import type { Dataset } from '../../data/pipeline/dataset.ts';
import { AntlerDataError } from '../../util/errors.ts';
import { requireKnownOptions } from '../../util/suggest.ts';
import { type EvaluateOptions, release } from '../evaluate.ts';
import type { AnyModel } from '../model.ts';
import { BatchIntake } from './batch-intake.ts';
import { type BatchSource, toDataset } from './batch-source.ts';

/** Loss and metrics of a model over batches; see `Model.evaluate`. */
export function evaluateDataset(
  model: AnyModel,
  source: BatchSource,
  options: EvaluateOptions,
): Promise<Record<string, number>> {
  const where = `${model.name}.evaluate`;
  requireKnownOptions(options, ['callbacks'], `${where} on a dataset`);
  const callbacks = new CallbackList(options.callbacks ?? []);
  return evaluateBatches(model, toDataset(source), { where, callbacks });
}

interface BatchesEvaluation {
  readonly where: string;
  readonly callbacks: CallbackList;
}

/** Loss and metrics of a model over the batches of a dataset, epoch 0. */
export async function evaluateBatches(
  model: AnyModel,
  dataset: Dataset<unknown>,
  { where, callbacks }: BatchesEvaluation,
): Promise<Record<string, number>> {
  requireEnd(dataset, where);
  const intake = new BatchIntake(model, { where });
  const context = { model, steps: dataset.size ?? Number.NaN, examples: Number.NaN, batchSize: Number.NaN };
  const watchesBatches = callbacks.watches('onTestBatchBegin', 'onTestBatchEnd');
  let step = 0;
  await callbacks.call('onTestBegin', context);
  for await (const given of dataset) {
    const { batch, size } = await intake.labelled(given);
    if (step === 0) model.compiled.reset(); // only now the model is surely built
    if (watchesBatches) await callbacks.call('onTestBatchBegin', step, context);
    const loss = model.testProgram(batch);
    if (watchesBatches) {
      const logs = { loss: await loss.item(), size, figures: () => model.compiled.figures() };
      await callbacks.call('onTestBatchEnd', step, logs, context);
    }
    release(loss, batch.x, batch.y, batch.sampleWeight);
    step++;
  }
  if (step === 0) throw noBatches(where);
  const figures = await model.compiled.figures();
  model.compiled.reset();
  await callbacks.call('onTestEnd', figures, context);
  return figures;
}

/** @throws AntlerDataError for a dataset that never ends */
export function requireEnd({ size }: Dataset<unknown>, where: string): void {
  if (size !== Infinity) return;
  throw new AntlerDataError({
    where,
    expected: 'a dataset that ends',
    got: 'one that is repeated without end',
    fix: 'use take(batches)',
  });
}

/** The error for a dataset without batches. */
export function noBatches(where: string): AntlerDataError {
  return new AntlerDataError({
    where,
    expected: 'at least one batch',
    got: 'none',
    fix: 'if the data is the object of a generator, which gives its elements once, use data.fromGenerator(function)',
  });
}
