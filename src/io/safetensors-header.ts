import { damagedFile } from '../util/damaged-file.ts';
import { findDuplicateKey } from './duplicate-key.ts';
import { LENGTH_BYTES } from './safetensors-format.ts';

/** As in the reference implementation. */
const MAXIMUM_HEADER_BYTES = 100_000_000;

export interface SafetensorsHeader {
  /** Key and value of each member, in the file's order. */
  readonly members: readonly (readonly [key: string, value: unknown])[];
  /** Where the data begins: the header's end in the file. */
  readonly end: number;
}

/** Reads the length and the JSON object after it. @throws AntlerDataError */
export function readHeader(bytes: Uint8Array, file: string): SafetensorsHeader {
  const end = LENGTH_BYTES + readLength(bytes, file);
  const text = decodeText(bytes.subarray(LENGTH_BYTES, end), file);
  const value = parse(text, file);
  if (!isObject(value)) {
    throw damagedFile({ file, offset: LENGTH_BYTES, expected: 'a JSON object', got: text.slice(0, 20) });
  }
  const duplicate = findDuplicateKey(text);
  if (duplicate) {
    const offset = LENGTH_BYTES + new TextEncoder().encode(text.slice(0, duplicate.index)).length;
    throw damagedFile({ file, offset, expected: 'distinct keys', got: `'${duplicate.key}' twice` });
  }
  return { members: Object.entries(value), end };
}

/** True for what JSON writes in braces. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readLength(bytes: Uint8Array, file: string): number {
  if (bytes.length < LENGTH_BYTES) {
    throw damagedFile({
      file,
      offset: bytes.length,
      expected: `the header's length (${LENGTH_BYTES} bytes)`,
      got: 'the end of the file',
    });
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(0, true);
  const maximum = Math.min(MAXIMUM_HEADER_BYTES, bytes.length - LENGTH_BYTES);
  if (length >= 2n && length <= BigInt(maximum)) return Number(length);
  throw damagedFile({
    file,
    offset: 0,
    expected: `a header of 2 to ${maximum} bytes`,
    got: `${length}`,
  });
}

function decodeText(bytes: Uint8Array, file: string): string {
  try {
    // The format forbids a byte order mark, and skipping one would shift the offsets in errors.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw damagedFile(
      { file, offset: LENGTH_BYTES, expected: 'a header in UTF-8', got: 'other bytes' },
      { cause },
    );
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw damagedFile({ file, offset: LENGTH_BYTES, expected: 'a header in JSON', got }, { cause });
  }
}
