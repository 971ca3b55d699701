import { evaluateRows } from '../evaluate.ts';
import { epochBatches, type FitData, prepareFit } from '../fit-data.ts';
import type { FitOptions } from '../fit-options.ts';
import type { AnyModel } from '../model.ts';
import type { RowsOfPorts } from '../port-rows.ts';
import type { BatchFeed, FitSupply } from './supply.ts';
import { validationOn } from './validation.ts';

/** Batches out of rows on the host. */
export async function rowsSupply(
  model: AnyModel,
  x: RowsOfPorts,
  y: RowsOfPorts,
  options: FitOptions,
  where: string,
): Promise<FitSupply> {
  const data = await prepareFit(model, x, y, options, where);
  const { examples, ranges, batchSize, hints, place } = data;
  return {
    examples,
    batchSize,
    steps: ranges.length,
    hints,
    place,
    validate: await validationFor(model, data, options, where),
    begin: (epoch, firstStep) => feedOf(data, epoch, firstStep),
    close: async () => {},
  };
}

function feedOf(data: FitData, epoch: number, firstStep: number): BatchFeed {
  const batches = epochBatches(data, epoch, firstStep);
  return { next: () => batches.next().value };
}

async function validationFor(
  model: AnyModel,
  { validation, batchSize }: FitData,
  { validationData }: FitOptions,
  where: string,
): Promise<FitSupply['validate']> {
  if (validationData) return validationOn(model, validationData, batchSize, where);
  const place = `${where}, validation`;
  return (
    validation && ((callbacks) => evaluateRows(model, validation, { batchSize, where: place, callbacks }))
  );
}
