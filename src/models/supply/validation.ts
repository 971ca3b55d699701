import { evaluateRows, labelledRows } from '../evaluate.ts';
import type { FitOptions } from '../fit-options.ts';
import type { AnyModel } from '../model.ts';
import type { RowsOfPorts } from '../port-rows.ts';
import { isLabelled, partsOf } from '../rows.ts';
import { isBatchSource, requireEnd, toDataset } from './batch-source.ts';
import { evaluateBatches } from './evaluate-batches.ts';
import type { FitSupply } from './supply.ts';

type ValidationData = NonNullable<FitOptions['validationData']>;

/** How to measure on `validationData`: rows, which are checked at once, or a dataset in the order of epoch 0. */
export async function validationOn(
  model: AnyModel,
  data: ValidationData,
  batchSize: number,
  where: string,
): Promise<FitSupply['validate']> {
  if (isBatchSource(data)) {
    const dataset = toDataset(data);
    requireEnd(dataset, `${where}, validationData`);
    return (callbacks) => evaluateBatches(model, dataset, { where: `${where}, validation`, callbacks });
  }
  const [x, y] = isPair(data) ? data : partsOf(data);
  const rows = await labelledRows(model, x, y, `${where}, validationData`);
  return (callbacks) => evaluateRows(model, rows, { batchSize, where: `${where}, validation`, callbacks });
}

function isPair(data: ValidationData): data is readonly [RowsOfPorts, RowsOfPorts] {
  return !isLabelled(data as RowsOfPorts);
}
