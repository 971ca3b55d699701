import { damagedFile } from '../util/damaged-file.ts';
import { allocate, type TypedArray } from '../util/dtypes.ts';
import { sizeOf } from '../util/shapes.ts';
import { type ArrayEntry, readEntries } from './safetensors-entries.ts';
import type { NamedArray, SafetensorsContent } from './safetensors-format.ts';
import { readHeader } from './safetensors-header.ts';

/**
 * Reads a safetensors file with elements of F64, F32, I32, U8 and BOOL. Nothing in it is believed before it is
 * checked: the header's length and keys, every shape and offset, and that the arrays fill the file without gap
 * or overlap.
 * @param file named in errors
 * @returns copies, in the order in which the file stores them
 * @throws AntlerDataError naming file and byte offset
 */
export function decodeSafetensors(bytes: Uint8Array, file: string): SafetensorsContent {
  const header = readHeader(bytes, file);
  const { entries, metadata } = readEntries(header, file);
  requireTiling(entries, bytes.length - header.end, header.end, file);
  return { arrays: entries.map((entry) => copyArray(bytes, header.end, entry, file)), metadata };
}

/** `entries` come sorted by where they begin. */
function requireTiling(
  entries: readonly ArrayEntry[],
  available: number,
  dataStart: number,
  file: string,
): void {
  let end = 0;
  for (const { name, begin, end: next } of entries) {
    if (begin !== end) {
      throw damagedFile({
        file,
        offset: dataStart + end,
        expected: `'${name}' to begin at byte ${end} of the data`,
        got: `${begin} (${begin < end ? 'arrays overlap' : 'a gap'})`,
      });
    }
    end = next;
  }
  if (end === available) return;
  throw damagedFile({
    file,
    offset: dataStart + Math.min(end, available),
    expected: `${end} bytes of data, as the header says`,
    got: `${available}`,
  });
}

function copyArray(bytes: Uint8Array, dataStart: number, entry: ArrayEntry, file: string): NamedArray {
  const { name, dtype, shape, begin, end } = entry;
  const data = allocate(dtype, sizeOf(shape));
  const target = new Uint8Array(data.buffer);
  target.set(bytes.subarray(dataStart + begin, dataStart + end));
  if (dtype === 'bool') requireBits(data, dataStart + begin, file);
  return { name, dtype, shape, data };
}

function requireBits(data: TypedArray, start: number, file: string): void {
  const index = data.findIndex((value: number) => value > 1);
  if (index < 0) return;
  throw damagedFile({ file, offset: start + index, expected: 'a BOOL, 0 or 1', got: `${data[index]}` });
}
