import { bytesPerElement } from '../util/dtypes.ts';
import { AntlerValueError, invariant } from '../util/errors.ts';
import { formatShape, sizeOf } from '../util/shapes.ts';
import {
  LENGTH_BYTES,
  METADATA_KEY,
  type NamedArray,
  SAFETENSORS_DTYPES,
  type SafetensorsContent,
} from './safetensors-format.ts';

/**
 * Writes a safetensors file. The bytes depend only on the content, not on the order of `arrays`: they are
 * stored widest element first, then by name, which also aligns them.
 * @throws AntlerValueError if two arrays share a name or one has the reserved name
 */
export function encodeSafetensors({ arrays, metadata }: SafetensorsContent): Uint8Array {
  const stored = [...arrays].sort(byWidthThenName);
  requireUsableNames(stored);
  const header = encodeHeader(stored, metadata);
  const dataBytes = stored.reduce((sum, { data }) => sum + data.byteLength, 0);
  const file = new Uint8Array(LENGTH_BYTES + header.length + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true);
  file.set(header, LENGTH_BYTES);
  let offset = LENGTH_BYTES + header.length;
  for (const { data } of stored) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return file;
}

function byWidthThenName(a: NamedArray, b: NamedArray): number {
  const width = bytesPerElement(b.dtype) - bytesPerElement(a.dtype);
  if (width !== 0) return width;
  return a.name < b.name ? -1 : Number(a.name > b.name);
}

function requireUsableNames(arrays: readonly NamedArray[]): void {
  const names = new Set([METADATA_KEY]);
  for (const { name } of arrays) {
    if (names.has(name)) {
      const expected = `distinct names other than ${METADATA_KEY}`;
      throw new AntlerValueError({ where: 'safetensors', expected, got: `'${name}' again` });
    }
    names.add(name);
  }
}

/** Written by hand: as keys of an object, names like `__proto__` or `7` would vanish or change places. */
function encodeHeader(arrays: readonly NamedArray[], metadata: ReadonlyMap<string, string>): Uint8Array {
  const entries: string[] = [];
  if (metadata.size > 0) {
    const strings = Array.from(metadata, ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    entries.push(`"${METADATA_KEY}":{${strings.join(',')}}`);
  }
  let offset = 0;
  for (const { name, dtype, shape, data } of arrays) {
    const bytes = sizeOf(shape) * bytesPerElement(dtype);
    invariant(
      bytes === data.byteLength,
      `${data.byteLength} bytes for '${name}' ${dtype} ${formatShape(shape)}`,
    );
    const entry = { dtype: SAFETENSORS_DTYPES[dtype], shape, data_offsets: [offset, offset + bytes] };
    entries.push(`${JSON.stringify(name)}:${JSON.stringify(entry)}`);
    offset += bytes;
  }
  const header = new TextEncoder().encode(`{${entries.join(',')}}`);
  const padded = new Uint8Array(Math.ceil(header.length / 8) * 8).fill(0x20);
  padded.set(header);
  return padded;
}
