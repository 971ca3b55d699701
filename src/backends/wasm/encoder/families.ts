import { invariant } from '../../../util/errors.ts';
import type { Code } from './code.ts';
import { laneIndex, unsignedLeb } from './immediates.ts';

/**
 * Families of instructions with the same operands. A table names each instruction and gives its opcode; the family
 * turns the table into functions. Opcodes behind a prefix are written as the prefix and three hexadecimal digits:
 * `0xfd0e4` is prefix `0xfd`, instruction `0xe4`.
 */

type Table<Entry> = Readonly<Record<string, Entry>>;
type Family<T, Instruction> = { readonly [Name in keyof T]: Instruction & Described };

/** What stands behind an opcode in the code. */
export type Immediates = 'none' | 'memory' | 'lane' | 'memoryLane';

/** What a reader of code must know of an instruction. */
export interface Described {
  /** In the notation above. */
  readonly opcode: number;
  readonly immediates: Immediates;
}

/** Opcode and the number of bytes it reads or writes. */
type MemoryEntry = readonly [opcode: number, bytes: number];
/** Opcode and the number of lanes of the vector. */
type LaneEntry = readonly [opcode: number, lanes: number];

function family<
  Entry extends number | readonly [opcode: number, ...unknown[]],
  T extends Table<Entry>,
  Instruction extends object,
>(table: T, immediates: Immediates, make: (entry: Entry) => Instruction): Family<T, Instruction> {
  const made = Object.entries(table).map(([name, entry]) => {
    const code = typeof entry === 'number' ? entry : entry[0];
    return [name, Object.assign(make(entry), { opcode: code, immediates })] as const;
  });
  return Object.fromEntries(made) as Family<T, Instruction>;
}

/** Bytes of an opcode in the notation above. */
export function opcode(code: number): Code {
  return code < 0x100 ? code : [code >>> 12, unsignedLeb(code & 0xfff)];
}

/** Alignment and offset of a memory access. The alignment is a hint, so the natural one is always claimed. */
function memoryArgument(bytes: number, offset: number): Code {
  invariant([1, 2, 4, 8, 16].includes(bytes), `memory access of ${bytes} bytes`);
  return [Math.log2(bytes), unsignedLeb(offset)];
}

/** One operand. */
export function unary<const T extends Table<number>>(table: T): Family<T, (a: Code) => Code> {
  return family(table, 'none', (entry: number) => {
    const bytes = opcode(entry);
    return (a: Code) => [a, bytes];
  });
}

/** Two operands. */
export function binary<const T extends Table<number>>(table: T): Family<T, (a: Code, b: Code) => Code> {
  return family(table, 'none', (entry: number) => {
    const bytes = opcode(entry);
    return (a: Code, b: Code) => [a, b, bytes];
  });
}

/** Three operands. */
export function ternary<const T extends Table<number>>(
  table: T,
): Family<T, (a: Code, b: Code, c: Code) => Code> {
  return family(table, 'none', (entry: number) => {
    const bytes = opcode(entry);
    return (a: Code, b: Code, c: Code) => [a, b, c, bytes];
  });
}

type Load = (address: Code, offset?: number) => Code;
type Store = (address: Code, value: Code, offset?: number) => Code;
type Exchange = (address: Code, expected: Code, replacement: Code, offset?: number) => Code;
type LaneAccess = (address: Code, vector: Code, lane: number, offset?: number) => Code;

/** Reads memory at `address + offset`. */
export function loads<const T extends Table<MemoryEntry>>(table: T): Family<T, Load> {
  return family(table, 'memory', ([code, bytes]: MemoryEntry) => {
    const op = opcode(code);
    return (address: Code, offset = 0): Code => [address, op, memoryArgument(bytes, offset)];
  });
}

/** Writes memory, or reads, combines and writes it in one atomic step, at `address + offset`. */
export function stores<const T extends Table<MemoryEntry>>(table: T): Family<T, Store> {
  return family(table, 'memory', ([code, bytes]: MemoryEntry) => {
    const op = opcode(code);
    return (address: Code, value: Code, offset = 0): Code => [
      address,
      value,
      op,
      memoryArgument(bytes, offset),
    ];
  });
}

/** Atomic accesses of two operands besides the address. */
export function exchanges<const T extends Table<MemoryEntry>>(table: T): Family<T, Exchange> {
  return family(table, 'memory', ([code, bytes]: MemoryEntry) => {
    const op = opcode(code);
    return (address: Code, expected: Code, replacement: Code, offset = 0): Code => [
      address,
      expected,
      replacement,
      op,
      memoryArgument(bytes, offset),
    ];
  });
}

/** Loads or stores one lane of a vector. */
export function laneAccesses<const T extends Table<MemoryEntry>>(table: T): Family<T, LaneAccess> {
  return family(table, 'memoryLane', ([code, bytes]: MemoryEntry) => {
    const op = opcode(code);
    return (address: Code, vector: Code, lane: number, offset = 0): Code => [
      address,
      vector,
      op,
      memoryArgument(bytes, offset),
      laneIndex(lane, 16 / bytes),
    ];
  });
}

/** Reads a lane as a scalar. */
export function extracts<const T extends Table<LaneEntry>>(
  table: T,
): Family<T, (vector: Code, lane: number) => Code> {
  return family(table, 'lane', ([code, lanes]: LaneEntry) => {
    const op = opcode(code);
    return (vector: Code, lane: number): Code => [vector, op, laneIndex(lane, lanes)];
  });
}

/** Replaces a lane by a scalar. */
export function replaces<const T extends Table<LaneEntry>>(
  table: T,
): Family<T, (vector: Code, lane: number, value: Code) => Code> {
  return family(table, 'lane', ([code, lanes]: LaneEntry) => {
    const op = opcode(code);
    return (vector: Code, lane: number, value: Code): Code => [vector, value, op, laneIndex(lane, lanes)];
  });
}
