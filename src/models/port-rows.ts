import { type Parts, partsOf, type Several } from '../layers/several.ts';
import { Tensor } from '../tensor/tensor.ts';
import { AntlerDataError, at } from '../util/errors.ts';
import { BatchReader } from './batch-reader.ts';
import { asRows, isHostRows, type Rows, type RowsLike, requireEqualCounts, sliceRows } from './rows.ts';

/** Examples for one input, a list for several, or examples by the names of the inputs. */
export type RowsOfPorts = Several<RowsLike>;

/**
 * Takes examples for several inputs apart: a list that holds tensors, or nested arrays for a model of several
 * inputs, has one entry an input.
 */
export function rowsParts(given: RowsOfPorts, ports: number): Parts<RowsLike> {
  return partsOf(given, (value) => isForOne(value, ports));
}

function isForOne(value: RowsOfPorts, ports: number): boolean {
  if (typeof value !== 'object' || isRowsObject(value)) return true;
  return Array.isArray(value) && ports < 2 && !value.some(isRowsObject);
}

function isRowsObject(value: unknown): boolean {
  if (value instanceof Tensor || ArrayBuffer.isView(value)) return true;
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isHostRows(value);
}

/** Brings examples for all inputs into rows. @throws AntlerDataError unless they are equally many */
export async function asPortRows(
  given: Parts<RowsLike>,
  float: 'float32' | 'float64',
  where: string,
): Promise<Parts<Rows>> {
  const items: Rows[] = [];
  for (const [i, rows] of given.items.entries()) {
    const place = given.items.length > 1 ? `${where} of ${given.names?.[i] ?? `input ${i}`}` : where;
    items.push(await asRows(rows, float, place));
  }
  if (items.length === 0) throw new AntlerDataError({ where, expected: 'examples', got: 'none' });
  for (const rows of items) requireEqualCounts(at(items, 0), rows, 'examples for each input', where);
  return { ...given, items };
}

/** Number of examples. */
export function countOf({ items }: Parts<Rows>): number {
  return at(items, 0).count;
}

/** The rows [start, end) of all inputs, not copied. */
export function slicePorts(parts: Parts<Rows>, start: number, end: number): Parts<Rows> {
  return { ...parts, items: parts.items.map((rows) => sliceRows(rows, start, end)) };
}

/** Reads batches of rows for all inputs. @param largest rows of the largest batch */
export function portReader(parts: Parts<Rows>, largest: number): (indices: Int32Array) => Several<Tensor> {
  const readers = parts.items.map((rows) => new BatchReader(rows, largest));
  return (indices) => parts.rebuild(readers.map((reader) => reader.read(indices)));
}
