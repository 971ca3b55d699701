import { damagedFile } from '../../util/damaged-file.ts';
import { allocate, type DType, type TypedArray } from '../../util/dtypes.ts';
import { at } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { npyElement } from './npy-elements.ts';
import { readNpyHeader } from './npy-header.ts';

/** An array as a .npy file keeps it. */
export interface NpyArray {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Row-major; bool as bytes 0 and 1. */
  readonly data: TypedArray;
}

/**
 * Reads a .npy file of either byte order and either order of axes. Integers of other sizes become int32 if they fit,
 * float16 becomes float32. Objects (pickles) are refused: to read them means to run code.
 * @param file named in errors
 * @throws AntlerDataError naming file and byte offset
 */
export function decodeNpy(bytes: Uint8Array, file: string): NpyArray {
  const { descr, fortranOrder, shape, end } = readNpyHeader(bytes, file);
  const { dtype, size, read } = npyElement(descr, file);
  const count = sizeOf(shape);
  const available = bytes.length - end;
  if (count * size !== available) {
    const expected = `${count * size} bytes of data for ${descr} (${shape.join(', ')})`;
    throw damagedFile({ file, offset: end, expected, got: `${available}` });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + end, available);
  const data = allocate(dtype, count);
  for (let i = 0; i < count; i++) {
    const element = read(view, i * size);
    if (element === undefined) {
      const got = 'another number';
      throw damagedFile({ file, offset: end + i * size, expected: `an element that ${dtype} can hold`, got });
    }
    data[i] = element;
  }
  return { dtype, shape, data: fortranOrder ? toRowMajor(data, shape, dtype) : data };
}

/** Brings elements whose first axis varies fastest into our order. */
function toRowMajor(data: TypedArray, shape: readonly number[], dtype: DType): TypedArray {
  const result = allocate(dtype, data.length);
  const strides = shape.map((_, axis) => sizeOf(shape.slice(0, axis)));
  const index = shape.map(() => 0);
  for (let i = 0; i < result.length; i++) {
    result[i] = at(
      data,
      index.reduce((sum, position, axis) => sum + position * at(strides, axis), 0),
    );
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = at(index, axis) + 1;
      if (at(index, axis) < at(shape, axis)) break;
      index[axis] = 0;
    }
  }
  return result;
}
