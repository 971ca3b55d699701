import type { DType } from '../../util/dtypes.ts';
import { AntlerDataError } from '../../util/errors.ts';

/** How to read the elements of a .npy file. */
export interface NpyElement {
  /** What they become. */
  readonly dtype: DType;
  /** Bytes of one. */
  readonly size: number;
  /** The element at an offset; undefined if the dtype cannot hold it. */
  read(view: DataView, offset: number): number | undefined;
}

type Reader = (view: DataView, offset: number, little: boolean) => number | undefined;

/** Readers by kind and size of the element. */
const READERS: Readonly<Record<string, { readonly dtype: DType; readonly read: Reader }>> = {
  b1: { dtype: 'bool', read: (view, i) => bit(view.getUint8(i)) },
  u1: { dtype: 'uint8', read: (view, i) => view.getUint8(i) },
  i1: { dtype: 'int32', read: (view, i) => view.getInt8(i) },
  i2: { dtype: 'int32', read: (view, i, little) => view.getInt16(i, little) },
  u2: { dtype: 'int32', read: (view, i, little) => view.getUint16(i, little) },
  i4: { dtype: 'int32', read: (view, i, little) => view.getInt32(i, little) },
  u4: { dtype: 'int32', read: (view, i, little) => whole(view.getUint32(i, little)) },
  i8: { dtype: 'int32', read: (view, i, little) => whole(view.getBigInt64(i, little)) },
  u8: { dtype: 'int32', read: (view, i, little) => whole(view.getBigUint64(i, little)) },
  f2: { dtype: 'float32', read: (view, i, little) => half(view.getUint16(i, little)) },
  f4: { dtype: 'float32', read: (view, i, little) => view.getFloat32(i, little) },
  f8: { dtype: 'float64', read: (view, i, little) => view.getFloat64(i, little) },
};

/** @throws AntlerDataError for elements that we have no type for */
export function npyElement(descr: string, file: string): NpyElement {
  const order = descr[0] ?? '';
  const kind = descr.slice(1);
  const found = '<>|='.includes(order) && Object.hasOwn(READERS, kind) ? READERS[kind] : undefined;
  if (!found) throw refused(descr, file);
  const { dtype, read } = found;
  const little = order !== '>';
  return { dtype, size: Number(kind.slice(1)), read: (view, offset) => read(view, offset, little) };
}

function bit(byte: number): number | undefined {
  return byte <= 1 ? byte : undefined;
}

/** The number, if int32 can hold it. */
function whole(value: number | bigint): number | undefined {
  const number = Number(value);
  return number === (number | 0) ? number : undefined;
}

/** The value of a float16, given as its bits. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function refused(descr: string, file: string): AntlerDataError {
  if (descr.includes('O')) {
    return new AntlerDataError({
      where: file,
      expected: 'an array of numbers',
      got: 'pickled Python objects, which can run code when they are read',
      fix: 'save it with a numeric dtype and allow_pickle=False',
    });
  }
  return new AntlerDataError({
    where: file,
    expected: 'elements of bool, integers, float16, float32 or float64',
    got: `'${descr}'`,
    fix: "convert it with array.astype('float32')",
  });
}
