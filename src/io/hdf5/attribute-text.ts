import type { Attribute } from 'h5wasm';
import type { Hdf5Library } from './library.ts';

/** The class of texts among HDF5's types. */
const TEXT = 3;
/** Bytes of a pointer in the library's memory. */
const POINTER_BYTES = 4;

/**
 * The text of an attribute, or its list of texts; undefined for what is no text. Reads by itself: the library frees
 * pointers that it never read when an attribute is damaged.
 */
export function attributeText(
  { Module }: Hdf5Library,
  { file_id: file, path, name, metadata }: Attribute,
): string | readonly string[] | undefined {
  const { type, vlen: isVariable, size, total_size: count, shape } = metadata;
  if (shape === null || type !== TEXT) return undefined;
  const pointer = Module._malloc(size * count);
  try {
    Module.HEAPU8.fill(0, pointer, pointer + size * count);
    if (Module.get_attribute_data(file, path, name, BigInt(pointer)) < 0) return undefined;
    const memory = Module.HEAPU8.slice(pointer, pointer + size * count);
    const texts = isVariable
      ? variableTexts(memory, (at) => Module.UTF8ToString(at))
      : fixedTexts(memory, size);
    if (isVariable) Module.reclaim_vlen_memory(file, path, name, BigInt(pointer));
    return shape.length === 0 ? texts[0] : texts;
  } finally {
    Module._free(pointer);
  }
}

function variableTexts(memory: Uint8Array, read: (pointer: number) => string): string[] {
  const view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
  return Array.from({ length: memory.length / POINTER_BYTES }, (_, i) => {
    const pointer = view.getUint32(i * POINTER_BYTES, true);
    return pointer === 0 ? '' : read(pointer);
  });
}

function fixedTexts(memory: Uint8Array, size: number): string[] {
  return Array.from({ length: memory.length / size }, (_, i) => {
    const bytes = memory.subarray(i * size, (i + 1) * size);
    const end = bytes.indexOf(0);
    return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
  });
}
