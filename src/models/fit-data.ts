import { planBatches, type Batch as Range, splitValidation } from '../data/batches.ts';
import { naturalOrder } from '../data/order.ts';
import type { Resumable } from '../data/resumable.ts';
import { permutationOf } from '../random/permutation.ts';
import { type LabelledRows, labelledRows } from './evaluate.ts';
import type { FitOptions } from './fit-options.ts';
import { fixedOrder } from './fixed-order.ts';
import { trainingHints } from './hints/hints.ts';
import type { AnyBatch, AnyModel } from './model.ts';
import { countOf, type RowsOfPorts, slicePorts } from './port-rows.ts';
import { labelledReader, rowBatches } from './row-batches.ts';
import { sliceRows } from './rows.ts';
import { exampleWeights } from './sample-weights.ts';

/** Examples per step where the user does not say. As Keras 3. */
const DEFAULT_BATCH_SIZE = 32;

/** Rows to learn from and measure on, checked. */
export interface FitData {
  readonly examples: number;
  readonly batchSize: number;
  /** Places of the batches in the order of an epoch. */
  readonly ranges: readonly Range[];
  /** What `validationSplit` has set aside. */
  readonly validation: LabelledRows | undefined;
  /** Sentences about what is legal, yet hardly meant; none where nothing is printed. */
  readonly hints: readonly string[];
  /** What a saved training knows of it. */
  readonly place: Resumable;
  /** The order of the examples in an epoch. */
  orderOf(epoch: number): Int32Array;
  /** The batch of these examples, on the device. */
  read(indices: Int32Array): AnyBatch;
}

/** Checks everything that `fit` is given and builds the model for it. */
export async function prepareFit(
  model: AnyModel,
  x: RowsOfPorts,
  y: RowsOfPorts,
  options: FitOptions,
  where: string,
): Promise<FitData> {
  const all = await labelledRows(model, x, y, where);
  const heads = model.compiled.headsFor(model.namedOutputs);
  const count = countOf(all.x);
  const weights = await exampleWeights({ count, labels: all.y, heads }, options, where);
  const { trainCount } = splitValidation(count, options.validationSplit ?? 0, where);
  const batchSize = options.batchSize ?? Math.min(DEFAULT_BATCH_SIZE, trainCount);
  const ranges = planBatches(trainCount, batchSize, where);
  const natural = naturalOrder(trainCount);
  const shuffle = options.shuffle ?? true;
  return {
    examples: trainCount,
    batchSize,
    ranges,
    validation: validationRows(all, trainCount),
    hints: options.verbose === 0 ? [] : trainingHints(model, all.x, where),
    place: fixedOrder({ examples: trainCount, batchSize, shuffle, seed: model.seed }, where),
    orderOf: (epoch) => (shuffle ? permutationOf(trainCount, model.seed, epoch) : natural),
    read: labelledReader(all, weights, batchSize),
  };
}

/** The batches of an epoch behind the first `firstStep`. */
export function epochBatches({ ranges, orderOf, read }: FitData, epoch: number, firstStep: number) {
  return rowBatches(ranges.slice(firstStep), orderOf(epoch), read);
}

/** The examples that `validationSplit` has set aside. */
function validationRows({ x, y }: LabelledRows, trainCount: number): LabelledRows | undefined {
  const count = countOf(x);
  if (trainCount === count) return undefined;
  return {
    x: slicePorts(x, trainCount, count),
    y: y.map((rows) => rows && sliceRows(rows, trainCount, count)),
  };
}
