/** Types of locals, parameters, results and globals. */
export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128';

/** Byte of each value type in the binary format (core specification, 5.3). */
export const VALUE_TYPE_BYTE: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
};
