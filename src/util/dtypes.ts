import { AntlerValueError } from './errors.ts';

/** Element types, from weakest to strongest in promotion. */
export const DTYPES = ['bool', 'uint8', 'int32', 'float32', 'float64'] as const;

export type DType = (typeof DTYPES)[number];

export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

const INFO = {
  bool: { bytes: 1, array: Uint8Array },
  uint8: { bytes: 1, array: Uint8Array },
  int32: { bytes: 4, array: Int32Array },
  float32: { bytes: 4, array: Float32Array },
  float64: { bytes: 8, array: Float64Array },
} as const;

export function bytesPerElement(dtype: DType): number {
  return INFO[dtype].bytes;
}

export function isFloat(dtype: DType): boolean {
  return dtype === 'float32' || dtype === 'float64';
}

/** Reads a dtype name that came from outside. @throws AntlerValueError naming the known ones */
export function parseDType(name: string, where: string): DType {
  const found = DTYPES.find((dtype) => dtype === name);
  if (found) return found;
  throw new AntlerValueError({ where, expected: `a dtype (${DTYPES.join(', ')})`, got: `'${name}'` });
}

/** A zeroed host array for `size` elements. Bool is stored as bytes 0 and 1. */
export function allocate(dtype: DType, size: number): TypedArray {
  return new INFO[dtype].array(size);
}

/** A view of raw bytes as elements. */
export function viewBytes(dtype: DType, buffer: ArrayBufferLike, offset: number, size: number): TypedArray {
  const Elements = INFO[dtype].array as new (
    buffer: ArrayBufferLike,
    offset: number,
    size: number,
  ) => TypedArray;
  return new Elements(buffer, offset, size);
}

/**
 * Rounds a real number to the nearest value that `dtype` can hold, as a store would:
 * int32 and uint8 truncate towards zero and wrap (NaN and infinities give 0), bool is `x != 0`.
 */
export function roundTo(dtype: DType, x: number): number {
  switch (dtype) {
    case 'float64':
      return x;
    case 'float32':
      return Math.fround(x);
    case 'int32':
      return x | 0;
    case 'uint8':
      return x & 255;
    case 'bool':
      return x !== 0 ? 1 : 0;
  }
}

/** The weakest type that holds both: bool < uint8 < int32 < float32 < float64. */
export function promote(a: DType, b: DType): DType {
  return DTYPES.indexOf(a) >= DTYPES.indexOf(b) ? a : b;
}
