import type { Callback } from '../callbacks/callback.ts';
import { CallbackList } from '../callbacks/callback-list.ts';
import { planBatches } from '../data/batches.ts';
import { naturalOrder } from '../data/order.ts';
import { resultParts } from '../layers/layer.ts';
import type { Several } from '../layers/several.ts';
import { fromHost, type Tensor } from '../tensor/tensor.ts';
import { allocate, type DType, type TypedArray } from '../util/dtypes.ts';
import { type Shape, sizeOf } from '../util/shapes.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { examplesFor, release } from './evaluate.ts';
import type { AnyModel } from './model.ts';
import { countOf, portReader, type RowsOfPorts } from './port-rows.ts';

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
  const read = portReader(examples, largest);
  const order = naturalOrder(count);
  const outputs: Collected[] = [];
  let rebuild = (items: readonly Tensor[]): Several<Tensor> => items;
  const ranges = planBatches(count, largest, where);
  const callbacks = new CallbackList(options.callbacks ?? []);
  const context = { model, steps: ranges.length, examples: count, batchSize: largest };
  await callbacks.call('onPredictBegin', context);
  for (const [step, { start, size }] of ranges.entries()) {
    await callbacks.call('onPredictBatchBegin', step, context);
    const x = read(order.subarray(start, start + size));
    const result = resultParts(model.predictProgram(x));
    rebuild = result.rebuild;
    for (const [i, output] of result.items.entries()) {
      outputs[i] ??= new Collected(output, count);
      outputs[i].put(await output.data(), start);
    }
    await callbacks.call('onPredictBatchEnd', step, result.items, context);
    release(x, result.items);
  }
  await callbacks.call('onPredictEnd', context);
  return rebuild(outputs.map((output) => output.tensor()));
}

/** The rows of one output, batch by batch. */
class Collected {
  readonly #all: TypedArray;
  readonly #shape: Shape;
  readonly #dtype: DType;

  constructor({ shape: [, ...rowShape], dtype }: Tensor, count: number) {
    this.#shape = [count, ...rowShape];
    this.#dtype = dtype;
    this.#all = allocate(dtype, sizeOf(this.#shape));
  }

  put(data: TypedArray, start: number): void {
    this.#all.set(data, start * sizeOf(this.#shape.slice(1)));
  }

  tensor(): Tensor {
    return fromHost(this.#all, this.#shape, this.#dtype);
  }
}
