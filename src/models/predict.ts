import { planBatches } from '../data/batches.ts';
import { naturalOrder } from '../data/order.ts';
import { fromHost, type Tensor } from '../tensor/tensor.ts';
import { allocate } from '../util/dtypes.ts';
import { sizeOf } from '../util/shapes.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { BatchReader } from './batch-reader.ts';
import { buildFor, release } from './evaluate.ts';
import type { Model } from './model.ts';
import { asRows, type RowsLike } from './rows.ts';

/** Options of `predict`. */
export interface PredictOptions {
  /** Examples at a time. Default 32. */
  readonly batchSize?: number;
}

/** Predictions for all examples, as one tensor. */
export async function predictRows(model: Model, given: RowsLike, options: PredictOptions): Promise<Tensor> {
  const where = `${model.name}.predict`;
  requireKnownOptions(options, ['batchSize'], where);
  const rows = await asRows(given, model.dtype, `${where}, examples`);
  buildFor(model, rows);
  const largest = Math.min(options.batchSize ?? 32, rows.count);
  const reader = new BatchReader(rows, largest);
  const order = naturalOrder(rows.count);
  const rowShape = model.outputShape.slice(1).map((extent) => extent ?? 1);
  const all = allocate(model.dtype, rows.count * sizeOf(rowShape));
  for (const { start, size } of planBatches(rows.count, largest, where)) {
    const x = reader.read(order.subarray(start, start + size));
    const result = model.predictProgram(x);
    all.set(await result.data(), start * sizeOf(rowShape));
    release(x, result);
  }
  return fromHost(all, [rows.count, ...rowShape], model.dtype);
}
