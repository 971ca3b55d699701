import { CallbackList } from '../../callbacks/callback-list.ts';
import type { Several } from '../../layers/several.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { requireKnownOptions } from '../../util/suggest.ts';
import type { AnyModel } from '../model.ts';
import type { PredictOptions } from '../predict.ts';
import { BatchIntake } from './batch-intake.ts';
import { type BatchSource, broughtFrom, contextOf, requireEnd, toDataset } from './batch-source.ts';
import { predictOver } from './over-batches.ts';

/** Predictions for all batches of a dataset, epoch 0, each output as one tensor. */
export async function predictBatches(
  model: AnyModel,
  source: BatchSource,
  options: PredictOptions,
): Promise<Several<Tensor>> {
  const where = `${model.name}.predict`;
  requireKnownOptions(options, ['callbacks'], `${where} on a dataset`);
  const dataset = toDataset(source);
  requireEnd(dataset, where);
  const intake = new BatchIntake(model, { where });
  const callbacks = new CallbackList(options.callbacks ?? []);
  const batches = broughtFrom(dataset, (given) => intake.examples(given));
  return predictOver(model, batches, { where, callbacks, context: contextOf(model, dataset) });
}
