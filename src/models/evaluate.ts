import { planBatches } from '../data/batches.ts';
import { naturalOrder } from '../data/order.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { BatchReader } from './batch-reader.ts';
import { requireFittingLabels } from './label-check.ts';
import type { Model } from './model.ts';
import { asRows, type Rows, type RowsLike, requireEqualCounts } from './rows.ts';

/** Options of `evaluate`. */
export interface EvaluateOptions {
  /** Examples at a time; the result does not depend on it but for rounding. Default 32. */
  readonly batchSize?: number;
}

/** Examples and labels on the host. */
export interface LabelledRows {
  readonly x: Rows;
  readonly y: Rows;
}

/** Brings examples and labels into rows, builds the model for them, and checks that all fits together. */
export async function labelledRows(
  model: Model,
  x: RowsLike,
  y: RowsLike,
  where: string,
): Promise<LabelledRows> {
  const { loss } = model.compiled;
  const rows = {
    x: await asRows(x, model.dtype, `${where}, examples`),
    y: await asRows(y, model.dtype, `${where}, labels`),
  };
  requireEqualCounts(rows.x, rows.y, 'labels', where);
  buildFor(model, rows.x);
  requireFittingLabels(rows.y, loss, model.outputShape, where);
  return rows;
}

/** Builds the model for the examples; one that was built before checks them. */
export function buildFor(model: Model, { rowShape }: Rows): void {
  model.computeOutputShape([null, ...rowShape]);
}

/** Loss and metrics of a model over examples. */
export async function evaluateModel(
  model: Model,
  x: RowsLike,
  y: RowsLike,
  options: EvaluateOptions,
): Promise<Record<string, number>> {
  const where = `${model.name}.evaluate`;
  requireKnownOptions(options, ['batchSize'], where);
  const rows = await labelledRows(model, x, y, where);
  return evaluateRows(model, rows, options.batchSize ?? 32, where);
}

/** Loss and metrics over rows that were checked. */
export async function evaluateRows(
  model: Model,
  { x, y }: LabelledRows,
  batchSize: number,
  where: string,
): Promise<Record<string, number>> {
  const { compiled } = model;
  const largest = Math.min(batchSize, x.count);
  const order = naturalOrder(x.count);
  const [examples, labels] = [new BatchReader(x, largest), new BatchReader(y, largest)];
  compiled.metricsFor(model.outputShape.at(-1) ?? 1, model.name);
  compiled.reset();
  for (const { start, size } of planBatches(x.count, largest, where)) {
    const indices = order.subarray(start, start + size);
    const batch = { x: examples.read(indices), y: labels.read(indices), sampleWeight: null };
    release(model.testProgram(batch), batch.x, batch.y);
  }
  const figures = await compiled.figures();
  compiled.reset();
  return figures;
}

/** Gives the memory of tensors back before the garbage collector does. */
export function release(...tensors: readonly (Tensor | null)[]): void {
  for (const tensor of tensors) tensor?.dispose();
}
