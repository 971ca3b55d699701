import { CallbackList } from '../../callbacks/callback-list.ts';
import { resultParts } from '../../layers/layer.ts';
import type { Several } from '../../layers/several.ts';
import { fromHost, type Tensor } from '../../tensor/tensor.ts';
import { allocate, type DType, type TypedArray } from '../../util/dtypes.ts';
import { type Shape, sizeOf } from '../../util/shapes.ts';
import { requireKnownOptions } from '../../util/suggest.ts';
import { release } from '../evaluate.ts';
import type { AnyModel } from '../model.ts';
import type { PredictOptions } from '../predict.ts';
import { BatchIntake } from './batch-intake.ts';
import { type BatchSource, toDataset } from './batch-source.ts';
import { noBatches, requireEnd } from './evaluate-batches.ts';

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
  const context = { model, steps: dataset.size ?? Number.NaN, examples: Number.NaN, batchSize: Number.NaN };
  const outputs: Chunks[] = [];
  let rebuild: ((items: readonly Tensor[]) => Several<Tensor>) | undefined;
  let step = 0;
  await callbacks.call('onPredictBegin', context);
  for await (const given of dataset) {
    await callbacks.call('onPredictBatchBegin', step, context);
    const { x } = await intake.examples(given);
    const result = resultParts(model.predictProgram(x));
    rebuild = result.rebuild;
    for (const [i, output] of result.items.entries()) {
      outputs[i] ??= new Chunks(output);
      outputs[i].add(await output.data());
    }
    await callbacks.call('onPredictBatchEnd', step++, result.items, context);
    release(x, result.items);
  }
  await callbacks.call('onPredictEnd', context);
  if (!rebuild) throw noBatches(where);
  return rebuild(outputs.map((output) => output.tensor()));
}

/** The rows of one output, batch by batch. */
class Chunks {
  readonly #chunks: TypedArray[] = [];
  readonly #rowShape: Shape;
  readonly #dtype: DType;

  constructor({ shape: [, ...rowShape], dtype }: Tensor) {
    this.#rowShape = rowShape;
    this.#dtype = dtype;
  }

  add(chunk: TypedArray): void {
    this.#chunks.push(chunk);
  }

  tensor(): Tensor {
    const all = allocate(
      this.#dtype,
      this.#chunks.reduce((length, chunk) => length + chunk.length, 0),
    );
    let start = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, start);
      start += chunk.length;
    }
    return fromHost(all, [all.length / sizeOf(this.#rowShape), ...this.#rowShape], this.#dtype);
  }
}
