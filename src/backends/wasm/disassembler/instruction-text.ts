import { AntlerInternalError, at } from '../../../util/errors.ts';
import type { ByteReader } from './byte-reader.ts';
import type { Instruction, Operands } from './opcodes.ts';
import { VALUE_TYPES } from './value-types.ts';

/** What instructions of a module can refer to. */
export interface InstructionContext {
  readonly table: ReadonlyMap<number, Instruction>;
  readonly functions: readonly string[];
  readonly locals: readonly string[];
}

/** The instructions of one function as lines, indented by their blocks, without the last `end`. */
export function instructionLines(code: ByteReader, context: InstructionContext): string[] {
  const lines: string[] = [];
  let depth = 1;
  for (;;) {
    const { name, operands } = readInstruction(code, context.table);
    if (name === 'end' || name === 'else') depth--;
    if (depth === 0) return lines;
    const text = [name, ...operandText(operands, code, context, depth)].join(' ');
    lines.push('  '.repeat(depth) + text);
    if (operands === 'block' || name === 'else') depth++;
  }
}

/** A constant expression: one instruction. */
export function constantText(code: ByteReader, context: InstructionContext): string {
  const { name, operands } = readInstruction(code, context.table);
  return [name, ...operandText(operands, code, context, 0)].join(' ');
}

function readInstruction(code: ByteReader, table: ReadonlyMap<number, Instruction>): Instruction {
  const first = code.byte();
  const opcode = first >= 0xfc ? first * 0x1000 + code.unsigned() : first;
  const instruction = table.get(opcode);
  if (!instruction) throw new AntlerInternalError(`an opcode without a name: 0x${opcode.toString(16)}`);
  return instruction;
}

function operandText(
  operands: Operands,
  code: ByteReader,
  { functions, locals }: InstructionContext,
  depth: number,
): string[] {
  switch (operands) {
    case 'none':
      return [];
    case 'block':
      return blockType(code, depth);
    case 'label':
      return [`$l${depth - 1 - code.unsigned()}`];
    case 'function':
      return [at(functions, code.unsigned())];
    case 'local':
      return [at(locals, code.unsigned())];
    case 'global':
      return [String(code.unsigned())];
    case 'memory':
      return memoryArgument(code);
    case 'lane':
      return [String(code.byte())];
    case 'memoryLane':
      return [...memoryArgument(code), String(code.byte())];
    case 'shuffle':
      return Array.from({ length: 16 }, () => String(code.byte()));
    case 1:
    case 2:
      code.skip(operands);
      return [];
    default:
      return constant(operands, code);
  }
}

/** The label of a block is its depth; a type is there only where it leaves a value. */
function blockType(code: ByteReader, depth: number): string[] {
  const type = code.byte();
  const result = VALUE_TYPES.get(type);
  return [`$l${depth}`, ...(result ? [`(result ${result})`] : [])];
}

/** The alignment is always the natural one, which is not written. */
function memoryArgument(code: ByteReader): string[] {
  code.unsigned();
  const offset = code.unsigned();
  return offset === 0 ? [] : [`offset=${offset}`];
}

function constant(type: 'i32' | 'i64' | 'f32' | 'f64' | 'v128', code: ByteReader): string[] {
  switch (type) {
    case 'i32':
    case 'i64':
      return [String(code.signed())];
    case 'f32':
      return [floatText(code.float32())];
    case 'f64':
      return [floatText(code.float64())];
    case 'v128':
      return [
        'i32x4',
        ...Array.from({ length: 4 }, () => `0x${code.uint32().toString(16).padStart(8, '0')}`),
      ];
  }
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  return Object.is(value, -0) ? '-0' : String(value);
}
