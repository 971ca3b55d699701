import type { Callback } from '../callbacks/callback.ts';
import { CallbackList } from '../callbacks/callback-list.ts';
import { planBatches } from '../data/batches.ts';
import { naturalOrder } from '../data/order.ts';
import type { Parts } from '../layers/several.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { type OutputLabels, outputLabels } from './labels.ts';
import type { AnyModel } from './model.ts';
import { asPortRows, countOf, type RowsOfPorts, rowsParts } from './port-rows.ts';
import { labelledReader, rowBatches } from './row-batches.ts';
import { type Rows, requireEqualCounts } from './rows.ts';
import { evaluateOver } from './supply/over-batches.ts';

/** Options of `evaluate`. */
export interface EvaluateOptions {
  /** Examples at a time; the result does not depend on it but for rounding. Default 32. */
  readonly batchSize?: number;
  /** Their `onTest...` methods are called. */
  readonly callbacks?: readonly Callback[];
}

/** Examples of each input and labels of each output, on the host. */
export interface LabelledRows {
  readonly x: Parts<Rows>;
  readonly y: OutputLabels;
}

/** Brings examples and labels into rows, builds the model for them, and checks that all fits together. */
export async function labelledRows(
  model: AnyModel,
  x: RowsOfPorts,
  y: RowsOfPorts,
  where: string,
): Promise<LabelledRows> {
  const examples = await examplesFor(model, x, where);
  return { x: examples, y: await labelsFor(model, examples, y, where) };
}

/** Brings examples into rows and builds the model for them; one that was built before checks them. */
export async function examplesFor(model: AnyModel, x: RowsOfPorts, where: string): Promise<Parts<Rows>> {
  const examples = await exampleRows(model, x, where);
  buildFor(model, examples);
  return examples;
}

/** Examples as rows, one for each input. */
export function exampleRows(model: AnyModel, x: RowsOfPorts, where: string): Promise<Parts<Rows>> {
  return asPortRows(rowsParts(x, model.inputNames.length), model.dtype, `${where}, examples`);
}

/** Builds a model for examples, or checks them if it is built. */
export function buildFor(model: AnyModel, examples: Parts<Rows>): void {
  const specs = examples.items.map(({ rowShape, dtype }) => ({ shape: [null, ...rowShape], dtype }));
  model.inferOutputs({ ...examples, items: specs });
}

/** Labels as rows, one for each output, checked against losses and examples. */
export async function labelsFor(
  model: AnyModel,
  examples: Parts<Rows>,
  y: RowsOfPorts,
  where: string,
): Promise<OutputLabels> {
  const heads = model.compiled.headsFor(model.namedOutputs);
  const labels = await outputLabels(y, heads, { float: model.dtype, where });
  for (const rows of labels) if (rows) requireEqualCounts(firstOf(examples), rows, 'labels', where);
  return labels;
}

function firstOf({ items }: Parts<Rows>): Rows {
  return items[0] as Rows;
}

/** Loss and metrics of a model over examples. */
export async function evaluateModel(
  model: AnyModel,
  x: RowsOfPorts,
  y: RowsOfPorts,
  options: EvaluateOptions,
): Promise<Record<string, number>> {
  const where = `${model.name}.evaluate`;
  requireKnownOptions(options, ['batchSize', 'callbacks'], where);
  const { batchSize = 32, callbacks = [] } = options;
  const rows = await labelledRows(model, x, y, where);
  return evaluateRows(model, rows, { batchSize, where, callbacks: new CallbackList(callbacks) });
}

interface RowsEvaluation {
  readonly batchSize: number;
  readonly where: string;
  readonly callbacks: CallbackList;
}

/** Loss and metrics over rows that were checked. */
export async function evaluateRows(
  model: AnyModel,
  rows: LabelledRows,
  { batchSize, where, callbacks }: RowsEvaluation,
): Promise<Record<string, number>> {
  const count = countOf(rows.x);
  const largest = Math.min(batchSize, count);
  const ranges = planBatches(count, largest, where);
  const batches = rowBatches(ranges, naturalOrder(count), labelledReader(rows, undefined, largest));
  const context = { model, steps: ranges.length, examples: count, batchSize: largest };
  return evaluateOver(model, batches, { where, context, callbacks });
}
