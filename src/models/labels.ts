import type { Parts } from '../layers/several.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerDataError, AntlerValueError, at } from '../util/errors.ts';
import { unknownName } from '../util/suggest.ts';
import { BatchReader } from './batch-reader.ts';
import { requireFittingLabels } from './label-check.ts';
import type { OutputHead } from './output-head.ts';
import { type RowsOfPorts, rowsParts } from './port-rows.ts';
import { asRows, type Rows, type RowsLike } from './rows.ts';

/** Labels of each output in order, null where nothing is learnt. */
export type OutputLabels = readonly (Rows | null)[];

/**
 * Brings labels into rows, one for each output, and checks them against its loss.
 * @param given in the order of the outputs (those without a loss may be left out), or by name
 */
export async function outputLabels(
  given: RowsOfPorts,
  heads: readonly OutputHead[],
  { float, where }: { readonly float: 'float32' | 'float64'; readonly where: string },
): Promise<OutputLabels> {
  const matched = matchOutputs(rowsParts(given, heads.length), heads, where);
  const labels: (Rows | null)[] = [];
  for (const [i, { output, loss }] of heads.entries()) {
    const rows = matched[i];
    if (rows === undefined || rows === null) {
      labels.push(null);
      continue;
    }
    const place = heads.length > 1 ? `${where}, labels of ${output.name}` : `${where}, labels`;
    const own = await asRows(rows, float, place);
    if (loss)
      requireFittingLabels(own, loss, output.shape, heads.length > 1 ? `${where}, ${output.name}` : where);
    labels.push(own);
  }
  return labels;
}

/** The labels that belong to each output. */
function matchOutputs(
  given: Parts<RowsLike>,
  heads: readonly OutputHead[],
  where: string,
): readonly (RowsLike | null | undefined)[] {
  if (given.names) return byName(given, given.names, heads, where);
  const { items } = given;
  if (items.length === heads.length) return items;
  const learning = heads.filter(({ loss }) => loss !== undefined);
  if (items.length === learning.length) return heads.map((head) => items[learning.indexOf(head)]);
  throw new AntlerValueError({
    where: `${where}, labels`,
    expected: `labels for each of the outputs (${heads.map(({ output }) => output.name).join(', ')})`,
    got: `${items.length}`,
  });
}

function byName(
  { items }: Parts<RowsLike>,
  names: readonly string[],
  heads: readonly OutputHead[],
  where: string,
): readonly (RowsLike | undefined)[] {
  const known = heads.map(({ output }) => output.name);
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined) {
    throw unknownName({ where: `${where}, labels`, kind: 'the name of an output', name: stranger, known });
  }
  return heads.map(({ output, loss }) => {
    const place = names.indexOf(output.name);
    if (place >= 0) return at(items as RowsLike[], place);
    if (!loss) return undefined;
    throw new AntlerDataError({
      where: `${where}, labels`,
      expected: `labels for '${output.name}'`,
      got: 'none',
      fix: 'give them: fit(x, y), or y by the names of the outputs',
    });
  });
}

/** Reads batches of the labels of all outputs; a tensor where there is one output, else a list. */
export function labelReader(
  labels: OutputLabels,
  largest: number,
): (indices: Int32Array) => Tensor | readonly (Tensor | null)[] {
  const readers = labels.map((rows) => rows && new BatchReader(rows, largest));
  return (indices) => {
    const batch = readers.map((reader) => reader?.read(indices) ?? null);
    return batch.length === 1 && batch[0] ? batch[0] : batch;
  };
}
