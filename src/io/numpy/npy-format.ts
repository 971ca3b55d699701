import type { DType } from '../../util/dtypes.ts';

/** The first bytes of every .npy file: a byte that is no text, and a name. */
export const MAGIC: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** NumPy's descriptions of our element types, in little-endian order. */
export const DESCRIPTIONS: Readonly<Record<DType, string>> = {
  bool: '|b1',
  uint8: '|u1',
  int32: '<i4',
  float32: '<f4',
  float64: '<f8',
};

/** What the header of a .npy file says. */
export interface NpyHeader {
  /** Byte order, kind and bytes of an element: `<f4`. */
  readonly descr: string;
  /** Whether the first axis is the one that varies fastest. */
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  /** Where the elements begin. */
  readonly end: number;
}
