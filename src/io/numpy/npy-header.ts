import { damagedFile } from '../../util/damaged-file.ts';
import { MAGIC, type NpyHeader } from './npy-format.ts';

/** As NumPy: longer ones are refused there too. */
const MAXIMUM_HEADER_BYTES = 10_000;

/**
 * Reads the header, a Python literal of a fixed form. It is matched, never evaluated.
 * @throws AntlerDataError
 */
export function readNpyHeader(bytes: Uint8Array, file: string): NpyHeader {
  MAGIC.forEach((byte, offset) => {
    if (bytes[offset] === byte) return;
    throw damagedFile({ file, offset, expected: 'a .npy file', got: 'another beginning' });
  });
  const { start, end } = headerRange(bytes, file);
  const text = new TextDecoder('latin1').decode(bytes.subarray(start, end));
  const field = (pattern: RegExp, name: string): string => {
    const found = pattern.exec(text)?.[1];
    if (found !== undefined) return found;
    const got = `${text.trim().slice(0, 80)}`;
    throw damagedFile({ file, offset: start, expected: `a header that states ${name}`, got });
  };
  const dictionary = field(/^\{(.*)\}\s*$/s, 'descr, fortran_order and shape');
  if (/'descr'\s*:\s*\[/.test(dictionary)) throw structured(file, start);
  return {
    descr: field(/'descr'\s*:\s*'([^']{1,8})'/, 'descr'),
    fortranOrder: field(/'fortran_order'\s*:\s*(True|False)/, 'fortran_order') === 'True',
    shape: shapeOf(field(/'shape'\s*:\s*\(([\d,\s]*)\)/, 'shape'), file, start),
    end,
  };
}

function headerRange(bytes: Uint8Array, file: string): { readonly start: number; readonly end: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6] ?? 0;
  if (version < 1 || version > 3) {
    throw damagedFile({ file, offset: 6, expected: 'version 1, 2 or 3 of the format', got: `${version}` });
  }
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) {
    throw damagedFile({ file, offset: bytes.length, expected: 'a header', got: 'the end of the file' });
  }
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const maximum = Math.min(MAXIMUM_HEADER_BYTES, bytes.length - start);
  if (length > maximum) {
    throw damagedFile({
      file,
      offset: 8,
      expected: `a header of at most ${maximum} bytes`,
      got: `${length}`,
    });
  }
  return { start, end: start + length };
}

function shapeOf(text: string, file: string, offset: number): number[] {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.at(-1) === '') parts.pop();
  const shape = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : Number.NaN));
  if (shape.every(Number.isSafeInteger)) return shape;
  throw damagedFile({ file, offset, expected: 'a shape of whole numbers', got: `(${text.slice(0, 60)})` });
}

function structured(file: string, offset: number) {
  return damagedFile({
    file,
    offset,
    expected: 'elements of one type',
    got: 'records of several fields',
    fix: 'save each field as an array of its own',
  });
}
