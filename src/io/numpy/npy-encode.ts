import type { NpyArray } from './npy-decode.ts';
import { DESCRIPTIONS, MAGIC } from './npy-format.ts';

/** The elements begin at a multiple of this, as in NumPy, so that they can be mapped. */
const ALIGNMENT = 64;

/** Writes a .npy file of version 1, as NumPy does. */
export function encodeNpy({ dtype, shape, data }: NpyArray): Uint8Array {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${DESCRIPTIONS[dtype]}', 'fortran_order': False, 'shape': (${axes}), }`;
  const start = MAGIC.length + 4;
  const end = Math.ceil((start + text.length + 1) / ALIGNMENT) * ALIGNMENT;
  const file = new Uint8Array(end + data.byteLength);
  file.set([...MAGIC, 1, 0]);
  new DataView(file.buffer).setUint16(MAGIC.length + 2, end - start, true);
  file.set(new TextEncoder().encode(`${text.padEnd(end - start - 1)}\n`), start);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), end);
  return file;
}
