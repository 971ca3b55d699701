import type { Batch as Range } from '../data/batches.ts';
import { BatchReader } from './batch-reader.ts';
import type { LabelledRows } from './evaluate.ts';
import { labelReader } from './labels.ts';
import type { AnyBatch } from './model.ts';
import { portReader } from './port-rows.ts';
import type { Rows } from './rows.ts';
import type { Supplied } from './supply/supply.ts';

/** Reads the rows of each range of an order, as they are asked for. */
export function* rowBatches<Batch>(
  ranges: readonly Range[],
  order: Int32Array,
  read: (indices: Int32Array) => Batch,
): Generator<Supplied<Batch>, undefined> {
  for (const { start, size } of ranges) {
    yield { batch: read(order.subarray(start, start + size)), size };
  }
  return undefined;
}

/** Reads batches of examples, labels and weights of examples. @param largest rows of the largest batch */
export function labelledReader(
  { x, y }: LabelledRows,
  weights: Rows | undefined,
  largest: number,
): (indices: Int32Array) => AnyBatch {
  const [examples, labels] = [portReader(x, largest), labelReader(y, largest)];
  const ofWeights = weights && new BatchReader(weights, largest);
  return (indices) => ({
    x: examples(indices),
    y: labels(indices),
    sampleWeight: ofWeights?.read(indices) ?? null,
  });
}
