import type { Callback } from '../callbacks/callback.ts';
import { CallbackList } from '../callbacks/callback-list.ts';
import { planBatches } from '../data/batches.ts';
import { naturalOrder } from '../data/order.ts';
import type { Several } from '../layers/several.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { examplesFor } from './evaluate.ts';
import type { AnyModel } from './model.ts';
import { countOf, portReader, type RowsOfPorts } from './port-rows.ts';
import { rowBatches } from './row-batches.ts';
import { predictOver } from './supply/over-batches.ts';

/** Options of `predict`. */
export interface PredictOptions {
  /** Examples at a time. Default 32. */
  readonly batchSize?: number;
  /** Their `onPredict...` methods are called. */
  readonly callbacks?: readonly Callback[];
}

/** Predictions for all examples, each output as one tensor, in the form in which the model gives them. */
export async function predictRows(
  model: AnyModel,
  given: RowsOfPorts,
  options: PredictOptions,
): Promise<Several<Tensor>> {
  const where = `${model.name}.predict`;
  requireKnownOptions(options, ['batchSize', 'callbacks'], where);
  const examples = await examplesFor(model, given, where);
  const count = countOf(examples);
  const largest = Math.min(options.batchSize ?? 32, count);
  const ranges = planBatches(count, largest, where);
  const batches = rowBatches(ranges, naturalOrder(count), portReader(examples, largest));
  const callbacks = new CallbackList(options.callbacks ?? []);
  const context = { model, steps: ranges.length, examples: count, batchSize: largest };
  return predictOver(model, batches, { where, context, callbacks }, count);
}
