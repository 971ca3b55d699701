import type { EvaluationContext } from '../../callbacks/callback.ts';
import { Dataset } from '../../data/pipeline/dataset.ts';
import { fromGenerator } from '../../data/sources/generator.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { AntlerDataError } from '../../util/errors.ts';
import type { AnyModel } from '../model.ts';
import type { RowsOfPorts } from '../port-rows.ts';
import type { RowsLike } from '../rows.ts';

/**
 * Batches, one after the other: a `Dataset`, or anything for `for await`. A batch is `[x, y]`, `[x, y, sampleWeight]`
 * or, as in TensorFlow.js, `{ xs, ys }`, each with the examples along the first axis; for `predict` also `x` alone.
 */
export type BatchSource = AsyncIterable<unknown> | IterableIterator<unknown>;

/** Tells batches from arrays of examples. */
export function isBatchSource(given: unknown): given is BatchSource {
  if (typeof given !== 'object' || given === null || given instanceof Tensor) return false;
  if (Array.isArray(given) || ArrayBuffer.isView(given)) return false;
  return Symbol.asyncIterator in given || Symbol.iterator in given;
}

/** The batches as a dataset. */
export function toDataset(source: BatchSource): Dataset<unknown> {
  return source instanceof Dataset ? source : fromGenerator(() => source);
}

/** Whether a source gives its batches only once, as the object of a generator does. */
export function isOneShot(source: BatchSource): boolean {
  return 'next' in source;
}

/** The batches of a dataset, epoch 0, each as `bring` gives it. */
export async function* broughtFrom<Batch>(
  dataset: Dataset<unknown>,
  bring: (given: unknown) => Promise<Batch>,
): AsyncGenerator<Batch> {
  for await (const given of dataset) yield await bring(given);
}

/** What callbacks are told of a pass over a dataset. */
export function contextOf(model: AnyModel, { size }: Dataset<unknown>): EvaluationContext {
  return { model, steps: size ?? Number.NaN, examples: Number.NaN, batchSize: Number.NaN };
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

/** The parts of a batch. */
export interface BatchParts {
  readonly x: RowsOfPorts;
  readonly y: RowsOfPorts | undefined;
  readonly sampleWeight: RowsLike | undefined;
}

/** Takes a batch apart. @throws AntlerDataError if it is none */
export function batchParts(batch: unknown, where: string): BatchParts {
  if (Array.isArray(batch) && batch.length > 0 && batch.length <= 3) {
    const [x, y, sampleWeight] = batch as [RowsOfPorts, RowsOfPorts?, RowsLike?];
    return { x, y, sampleWeight };
  }
  if (typeof batch !== 'object' || batch === null || Array.isArray(batch)) {
    throw new AntlerDataError({
      where,
      expected: 'a batch [x, y], [x, y, sampleWeight] or { xs, ys }',
      got: Array.isArray(batch) ? `a list of ${batch.length}` : `${batch}`,
    });
  }
  if (!('xs' in batch)) return { x: batch as RowsOfPorts, y: undefined, sampleWeight: undefined };
  const { xs, ys } = batch as { readonly xs: RowsOfPorts; readonly ys?: RowsOfPorts };
  return { x: xs, y: ys, sampleWeight: undefined };
}
