import { CallbackList } from '../../callbacks/callback-list.ts';
import type { Dataset } from '../../data/pipeline/dataset.ts';
import { requireKnownOptions } from '../../util/suggest.ts';
import type { EvaluateOptions } from '../evaluate.ts';
import type { AnyModel } from '../model.ts';
import { BatchIntake } from './batch-intake.ts';
import { type BatchSource, broughtFrom, contextOf, requireEnd, toDataset } from './batch-source.ts';
import { evaluateOver, type Pass } from './over-batches.ts';

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

/** Loss and metrics of a model over the batches of a dataset, epoch 0. */
export async function evaluateBatches(
  model: AnyModel,
  dataset: Dataset<unknown>,
  { where, callbacks }: Omit<Pass, 'context'>,
): Promise<Record<string, number>> {
  requireEnd(dataset, where);
  const intake = new BatchIntake(model, { where });
  const batches = broughtFrom(dataset, (given) => intake.labelled(given));
  return evaluateOver(model, batches, { where, callbacks, context: contextOf(model, dataset) });
}
