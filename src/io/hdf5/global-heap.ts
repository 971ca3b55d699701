import { damagedFile } from '../../util/damaged-file.ts';

/** `GCOL`, version 1, and three bytes that are zero: how a collection of texts begins. */
const BEGINNING: readonly number[] = [0x47, 0x43, 0x4f, 0x4c, 1, 0, 0, 0];
/** Bytes of the head of a collection, and of that of an object in it. */
const HEAD_BYTES = 16;

/**
 * Follows the collections of texts from object to object, as the library does, which never comes to an end where a size
 * is damaged. Format: HDF5 File Format Specification, III.E.
 * @throws AntlerDataError for a size that leads out of the collection
 */
export function requireSoundHeaps(bytes: Uint8Array, file: string): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = bytes.indexOf(0x47); start >= 0; start = bytes.indexOf(0x47, start + 1)) {
    if (BEGINNING.every((byte, i) => bytes[start + i] === byte)) requireSoundHeap(view, start, file);
  }
}

function requireSoundHeap(view: DataView, start: number, file: string): void {
  const available = view.byteLength - start;
  const size = available < HEAD_BYTES ? 0 : sizeAt(view, start + 8);
  if (size < HEAD_BYTES || size > available) throw damaged(file, start, available, size);
  const end = start + size;
  let at = start + HEAD_BYTES;
  while (at + HEAD_BYTES <= end) {
    const index = view.getUint16(at, true);
    const length = sizeAt(view, at + 8);
    // object 0 is what is left free, its head included
    const step = index === 0 ? length : HEAD_BYTES + Math.ceil(length / 8) * 8;
    if (step < HEAD_BYTES || step > end - at) throw damaged(file, at, end - at, step);
    at += step;
  }
}

function sizeAt(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

function damaged(file: string, offset: number, available: number, got: number) {
  return damagedFile({ file, offset, expected: `a text of at most ${available} bytes`, got: `${got}` });
}
