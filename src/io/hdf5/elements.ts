import type { Metadata, OutputData } from 'h5wasm';
import type { DType, TypedArray } from '../../util/dtypes.ts';

/** Elements, or what they are instead of something that we have. */
export type Elements = { readonly dtype: DType; readonly data: TypedArray } | { readonly refusal: string };

/** Classes of types in HDF5. */
const [INTEGER, FLOAT, ENUM] = [0, 1, 8];

/** Elements of an array in one of our types. @param read the library's own value */
export function readElements(
  { type, size, signed, enum_type: names }: Metadata,
  read: () => OutputData | null,
): Elements {
  if (type === FLOAT && (size === 4 || size === 8)) return floats(read(), size);
  if (type === INTEGER && size <= 8) return integers(read(), { size, signed });
  if (type === ENUM && size === 1 && names && Object.keys(names.members).sort().join() === 'FALSE,TRUE') {
    return { dtype: 'bool', data: Uint8Array.from(read() as Int8Array, Number) };
  }
  return { refusal: type === FLOAT ? `float${size * 8}` : 'another type' };
}

function floats(value: OutputData | null, size: number): Elements {
  const data = typeof value === 'number' ? [value] : (value as Float32Array | Float64Array);
  if (size === 4) return { dtype: 'float32', data: Float32Array.from(data) };
  return { dtype: 'float64', data: Float64Array.from(data) };
}

function integers(
  value: OutputData | null,
  { size, signed }: { readonly size: number; readonly signed: boolean },
): Elements {
  const isOne = typeof value === 'number' || typeof value === 'bigint';
  const list = isOne ? [value] : (value as unknown as ArrayLike<number | bigint>);
  if (size === 1 && !signed) return { dtype: 'uint8', data: Uint8Array.from(list as ArrayLike<number>) };
  const data = new Int32Array(list.length);
  for (let i = 0; i < data.length; i++) {
    const element = Number(list[i]);
    if (element !== (element | 0)) return { refusal: `an integer beyond int32, ${element}` };
    data[i] = element;
  }
  return { dtype: 'int32', data };
}
