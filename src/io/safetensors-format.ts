import type { DType, TypedArray } from '../util/dtypes.ts';

/** An array with a name, as a weights file keeps it. */
export interface NamedArray {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Row-major; bool as bytes 0 and 1. */
  readonly data: TypedArray;
}

/** The content of a safetensors file. Format: https://github.com/huggingface/safetensors#format */
export interface SafetensorsContent {
  readonly arrays: readonly NamedArray[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** The format's name for each of our element types. */
export const SAFETENSORS_DTYPES = {
  bool: 'BOOL',
  uint8: 'U8',
  int32: 'I32',
  float32: 'F32',
  float64: 'F64',
} as const satisfies Record<DType, string>;

/** The key of the header under which strings of the user's are kept. */
export const METADATA_KEY = '__metadata__';

/** Bytes of the header's length, a little-endian uint64 at the start of the file. */
export const LENGTH_BYTES = 8;
