import type { DType } from '../../../util/dtypes.ts';
import { type Code, f32, f64, i8x16, i16x8, i32, i32x4, v128 } from '../encoder/index.ts';

/** Loads one element into a register of its dtype. */
export function loadScalar(dtype: DType, address: Code): Code {
  switch (dtype) {
    case 'float32':
      return f32.load(address);
    case 'float64':
      return f64.load(address);
    case 'int32':
      return i32.load(address);
    case 'uint8':
      return i32.load8U(address);
    case 'bool':
      return i32.ne(i32.load8U(address), i32.const(0));
  }
}

/** Loads four neighbours; bool becomes a mask of whole lanes. */
export function loadVector(dtype: DType, address: Code): Code {
  if (dtype === 'float32' || dtype === 'int32') return v128.load(address);
  const bytes = v128.load32Zero(address);
  const lanes = i32x4.extendLowI16x8U(i16x8.extendLowI8x16U(bytes));
  return dtype === 'bool' ? i32x4.ne(lanes, i32x4.const(0, 0, 0, 0)) : lanes;
}

export function storeScalar(dtype: DType, address: Code, value: Code): Code {
  switch (dtype) {
    case 'float32':
      return f32.store(address, value);
    case 'float64':
      return f64.store(address, value);
    case 'int32':
      return i32.store(address, value);
    case 'uint8':
    case 'bool':
      return i32.store8(address, value);
  }
}

/** Bytes 0, 4, 8 and 12: the low byte of every lane. */
const LOW_BYTES = [0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] as const;

export function storeVector(dtype: DType, address: Code, value: Code): Code {
  if (dtype === 'float32' || dtype === 'int32') return v128.store(address, value);
  const lanes = dtype === 'bool' ? v128.and(value, i32x4.const(1, 1, 1, 1)) : value;
  const zero = i32x4.const(0, 0, 0, 0);
  return v128.store32Lane(address, i8x16.shuffle(lanes, zero, LOW_BYTES), 0);
}
