import type { Described, Immediates } from '../encoder/families.ts';
import {
  atomic,
  f32,
  f32x4,
  f64,
  f64x2,
  i8x16,
  i16x8,
  i32,
  i32x4,
  i64,
  i64x2,
  v128,
} from '../encoder/index.ts';

/** What the text of an instruction needs beside its name. */
export type Operands =
  | Immediates
  | 'block'
  | 'label'
  | 'function'
  | 'local'
  | 'global'
  | 'i32'
  | 'i64'
  | 'f32'
  | 'f64'
  | 'v128'
  | 'shuffle'
  /** As many zero bytes. */
  | 1
  | 2;

export interface Instruction {
  readonly name: string;
  readonly operands: Operands;
}

/** The encoder's own instructions by opcode: its families describe themselves, what it writes by hand stands below. */
export function instructionsByOpcode(): ReadonlyMap<number, Instruction> {
  const families = { i32, i64, f32, f64, v128, i8x16, i16x8, i32x4, i64x2, f32x4, f64x2 };
  const table = new Map<number, Instruction>(BY_HAND);
  for (const [type, family] of Object.entries(families)) addFamily(table, type, family);
  addFamily(table, 'memory.atomic', atomic);
  return table;
}

function addFamily(
  table: Map<number, Instruction>,
  type: string,
  family: Readonly<Record<string, unknown>>,
): void {
  for (const [name, instruction] of Object.entries(family)) {
    if (!isDescribed(instruction)) continue;
    const { opcode, immediates } = instruction;
    table.set(opcode, { name: `${type}.${textName(name)}`, operands: immediates });
  }
}

function isDescribed(instruction: unknown): instruction is Described {
  return typeof instruction === 'function' && 'opcode' in instruction;
}

/** truncSatF32S as trunc_sat_f32_s, atomicRmwAdd as atomic.rmw.add. */
function textName(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return words.replace(/^atomic_rmw_/, 'atomic.rmw.').replace(/^atomic_/, 'atomic.');
}

const BY_HAND: readonly (readonly [opcode: number, instruction: Instruction])[] = [
  [0x00, { name: 'unreachable', operands: 'none' }],
  [0x01, { name: 'nop', operands: 'none' }],
  [0x02, { name: 'block', operands: 'block' }],
  [0x03, { name: 'loop', operands: 'block' }],
  [0x04, { name: 'if', operands: 'block' }],
  [0x05, { name: 'else', operands: 'none' }],
  [0x0b, { name: 'end', operands: 'none' }],
  [0x0c, { name: 'br', operands: 'label' }],
  [0x0d, { name: 'br_if', operands: 'label' }],
  [0x0f, { name: 'return', operands: 'none' }],
  [0x10, { name: 'call', operands: 'function' }],
  [0x1a, { name: 'drop', operands: 'none' }],
  [0x1b, { name: 'select', operands: 'none' }],
  [0x20, { name: 'local.get', operands: 'local' }],
  [0x21, { name: 'local.set', operands: 'local' }],
  [0x22, { name: 'local.tee', operands: 'local' }],
  [0x23, { name: 'global.get', operands: 'global' }],
  [0x24, { name: 'global.set', operands: 'global' }],
  [0x3f, { name: 'memory.size', operands: 1 }],
  [0x40, { name: 'memory.grow', operands: 1 }],
  [0x41, { name: 'i32.const', operands: 'i32' }],
  [0x42, { name: 'i64.const', operands: 'i64' }],
  [0x43, { name: 'f32.const', operands: 'f32' }],
  [0x44, { name: 'f64.const', operands: 'f64' }],
  [0xfc00a, { name: 'memory.copy', operands: 2 }],
  [0xfc00b, { name: 'memory.fill', operands: 1 }],
  [0xfd00c, { name: 'v128.const', operands: 'v128' }],
  [0xfd00d, { name: 'i8x16.shuffle', operands: 'shuffle' }],
  [0xfe003, { name: 'atomic.fence', operands: 1 }],
];
