/** WebAssembly in the binary format, written as expressions. */

export { type Code, label } from './code.ts';
export {
  block,
  br,
  brIf,
  call,
  doWhile,
  drop,
  forRange,
  ifElse,
  loop,
  nop,
  repeat,
  returnValue,
  select,
  unreachable,
  whileLoop,
} from './control.ts';
export { FunctionBuilder, Local } from './function-builder.ts';
export { atomic, memory } from './memory.ts';
export { ModuleBuilder } from './module-builder.ts';
export { f32, f64, i32, i64 } from './scalar.ts';
export type { ValueType } from './value-types.ts';
export { f32x4, f64x2 } from './vector-float.ts';
export { i8x16, i16x8, i32x4, i64x2 } from './vector-integer.ts';
export { v128 } from './vector-memory.ts';
