import { damagedFile } from '../util/damaged-file.ts';
import { bytesPerElement, DTYPES, type DType } from '../util/dtypes.ts';
import type { AntlerDataError } from '../util/errors.ts';
import { formatShape, sizeOf } from '../util/shapes.ts';
import { LENGTH_BYTES, METADATA_KEY, SAFETENSORS_DTYPES } from './safetensors-format.ts';
import { isObject, type SafetensorsHeader } from './safetensors-header.ts';

/** What the header says of one array; `begin` and `end` count from the start of the data. */
export interface ArrayEntry {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** The header's entries, sorted by where they begin, and its strings. @throws AntlerDataError */
export function readEntries(
  { members }: SafetensorsHeader,
  file: string,
): { readonly entries: readonly ArrayEntry[]; readonly metadata: ReadonlyMap<string, string> } {
  const entries: ArrayEntry[] = [];
  let metadata: ReadonlyMap<string, string> = new Map();
  for (const [key, value] of members) {
    if (key === METADATA_KEY) metadata = readMetadata(value, file);
    else entries.push(readEntry(key, value, file));
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  return { entries, metadata };
}

function readMetadata(value: unknown, file: string): ReadonlyMap<string, string> {
  const pairs = isObject(value) ? Object.entries(value) : undefined;
  if (pairs?.every((pair): pair is [string, string] => typeof pair[1] === 'string')) return new Map(pairs);
  throw wrongEntry(file, METADATA_KEY, 'an object of strings', value);
}

function readEntry(name: string, value: unknown, file: string): ArrayEntry {
  if (!isObject(value) || Object.keys(value).sort().join() !== 'data_offsets,dtype,shape') {
    throw wrongEntry(file, name, 'an object of dtype, shape and data_offsets', value);
  }
  const dtype = readDType(name, value.dtype, file);
  const shape = readSizes(name, 'shape', value.shape, file);
  const [begin, end, ...more] = readSizes(name, 'data_offsets', value.data_offsets, file);
  if (begin === undefined || end === undefined || more.length > 0) {
    throw wrongEntry(file, name, 'two data_offsets', value.data_offsets);
  }
  const bytes = sizeOf(shape) * bytesPerElement(dtype);
  if (end - begin !== bytes) {
    throw wrongEntry(file, name, `${bytes} bytes for ${dtype} ${formatShape(shape)}`, value.data_offsets);
  }
  return { name, dtype, shape, begin, end };
}

function readDType(name: string, value: unknown, file: string): DType {
  const dtype = DTYPES.find((candidate) => SAFETENSORS_DTYPES[candidate] === value);
  if (dtype) return dtype;
  throw wrongEntry(file, name, `a dtype (${Object.values(SAFETENSORS_DTYPES).join(', ')})`, value);
}

function readSizes(name: string, member: string, value: unknown, file: string): number[] {
  const isSize = (size: unknown): size is number => Number.isSafeInteger(size) && (size as number) >= 0;
  if (Array.isArray(value) && value.every(isSize)) return value;
  throw wrongEntry(file, name, `${member}, a list of whole numbers`, value);
}

function wrongEntry(file: string, name: string, expected: string, value: unknown): AntlerDataError {
  return damagedFile({
    file,
    offset: LENGTH_BYTES,
    expected: `${expected} for '${name}'`,
    got: describe(value).slice(0, 80),
  });
}

/** Looks one level deep only: an untrusted header may nest deeper than `JSON.stringify` can follow. */
function describe(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map((item) => (typeof item === 'object' ? '...' : JSON.stringify(item))).join(', ')}]`;
  }
  if (isObject(value)) return `an object of ${Object.keys(value).join(', ') || 'nothing'}`;
  return JSON.stringify(value);
}
