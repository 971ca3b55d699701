import type { EvaluationContext } from '../../callbacks/callback.ts';
import type { CallbackList } from '../../callbacks/callback-list.ts';
import { resultParts } from '../../layers/layer.ts';
import type { Several } from '../../layers/several.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import type { AnyModel } from '../model.ts';
import { release } from '../release.ts';
import { noBatches } from './batch-source.ts';
import { CollectedRows } from './collected-rows.ts';
import type { Supplied, SuppliedBatch } from './supply.ts';

/** One evaluation or prediction. */
export interface Pass {
  readonly where: string;
  readonly context: EvaluationContext;
  readonly callbacks: CallbackList;
}

type Batches<Batch> = Iterable<Batch> | AsyncIterable<Batch>;

/** Loss and metrics of a model over batches. @throws AntlerDataError if there are none */
export async function evaluateOver(
  model: AnyModel,
  batches: Batches<SuppliedBatch>,
  { where, context, callbacks }: Pass,
): Promise<Record<string, number>> {
  const watchesBatches = callbacks.watches('onTestBatchBegin', 'onTestBatchEnd');
  let step = 0;
  await callbacks.call('onTestBegin', context);
  for await (const { batch, size } of batches) {
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

/**
 * Predictions for the examples of batches, each output as one tensor, in the form in which the model gives them.
 * @param expected how many examples there are, where that is known
 * @throws AntlerDataError if there are no batches
 */
export async function predictOver(
  model: AnyModel,
  batches: Batches<Supplied<Several<Tensor>>>,
  { where, context, callbacks }: Pass,
  expected = 0,
): Promise<Several<Tensor>> {
  const outputs: CollectedRows[] = [];
  let rebuild: ((items: readonly Tensor[]) => Several<Tensor>) | undefined;
  let step = 0;
  await callbacks.call('onPredictBegin', context);
  for await (const { batch } of batches) {
    await callbacks.call('onPredictBatchBegin', step, context);
    const result = resultParts(model.predictProgram(batch));
    rebuild = result.rebuild;
    for (const [i, output] of result.items.entries()) {
      outputs[i] ??= new CollectedRows(output, expected);
      outputs[i].add(await output.data(), at(output.shape, 0));
    }
    await callbacks.call('onPredictBatchEnd', step++, result.items, context);
    release(batch, result.items);
  }
  await callbacks.call('onPredictEnd', context);
  if (!rebuild) throw noBatches(where);
  return rebuild(outputs.map((output) => output.tensor()));
}
