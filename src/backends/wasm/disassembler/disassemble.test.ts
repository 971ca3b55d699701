import { describe, expect, it } from 'vitest';
import { assemble } from '../../../../test/support/wabt.ts';
import type { Described } from '../encoder/families.ts';
import {
  atomic,
  block,
  br,
  brIf,
  type Code,
  call,
  doWhile,
  drop,
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
  ifElse,
  label,
  ModuleBuilder,
  memory,
  returnValue,
  unreachable,
  v128,
} from '../encoder/index.ts';
import { emitBarrier } from '../threads/barrier.ts';
import { disassemble } from './disassemble.ts';
import { instructionsByOpcode } from './opcodes.ts';

/** What the text assembles to must be what it was made from, byte by byte. */
async function expectRoundTrip(module: ModuleBuilder): Promise<string> {
  const bytes = module.encode();
  const text = disassemble(bytes);
  expect(withoutNames(await assemble(text))).toEqual(withoutNames(bytes));
  return text;
}

/** Sections but the custom ones, each as its bytes in hexadecimal. */
function withoutNames(bytes: Uint8Array): string[] {
  const sections: string[] = [];
  for (let position = 8; position < bytes.length; ) {
    const id = bytes[position++] ?? 0;
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[position++] ?? 0;
      length += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) break;
    }
    if (id !== 0)
      sections.push(`${id}: ${Buffer.from(bytes.subarray(position, position + length)).toString('hex')}`);
    position += length;
  }
  return sections;
}

describe('disassemble', () => {
  it('names every function and its parts', async () => {
    const module = new ModuleBuilder({ memory: { minimum: 1, maximum: 9, shared: true } });
    const mark = module.importFunction('env', 'mark', ['i32']);
    const counter = module.global('i32', i32.const(-7));
    const add = module.function({ name: 'add 2', params: ['f32', 'f32'], results: ['f32'] });
    add.emit(f32.add(add.params[0].get, add.params[1].get));
    const twin = module.function({ name: 'add 2', export: true });
    const local = twin.local('f32', 'sum');
    twin.emit(
      local.set(call(add, f32.const(0.1), f32.const(-0))),
      call(mark, i32.const(3)),
      counter.set(counter.get),
    );
    module.start(twin);
    const text = await expectRoundTrip(module);
    expect(text).toContain('(import "env" "memory" (memory 1 9 shared))');
    expect(text).toContain('(func $add_2 (param $p0 f32) (param $p1 f32) (result f32)');
    expect(text).toContain('(func $add_2_2');
    expect(text).toContain('f32.const 0.10000000149011612');
    expect(text).toContain('local.set $sum');
  });

  it('turns depths of branches into labels', async () => {
    const module = new ModuleBuilder();
    const f = module.function({ name: 'f', params: ['i32'], results: ['i32'] });
    const [x] = f.params;
    const [out, inner] = [label(), label()];
    f.emit(
      block(out, [
        block(inner, [brIf(out, x.get), ifElse(x.get, br(inner), unreachable)]),
        doWhile(x.set(i32.sub(x.get, i32.const(1))), x.get),
      ]),
      ifElse(x.get, i32.const(1), i32.const(2 ** 31 - 1), 'i32'),
      returnValue(),
    );
    const text = await expectRoundTrip(module);
    expect(text).toMatch(/block \$l1\n {6}block \$l2\n.*\n {8}br_if \$l1/);
  });

  it('writes constants of every type so that they are read as they were', async () => {
    const module = new ModuleBuilder();
    const f = module.function({ name: 'f' });
    const values = [0, -0, 1 / 3, 1e-40, 3.4e38, Infinity, -Infinity, NaN];
    f.emit(
      ...values.flatMap((x) => [drop(f32.const(x)), drop(f64.const(x)), drop(f32x4.const(x, x, 1, -x))]),
      ...[0n, -1n, 2n ** 63n - 1n, -(2n ** 63n)].map((x) => drop(i64.const(x))),
      ...[0, -1, 2 ** 31 - 1, -(2 ** 31), 64, -64, 63].map((x) => drop(i32.const(x))),
      drop(i8x16.shuffle(i32x4.const(1, 2, 3, 4), i32x4.const(5, 6, 7, 8), [0, 31, ...Array(14).fill(7)])),
    );
    await expectRoundTrip(module);
  });

  it('reads the barrier, with its atomics', async () => {
    const module = new ModuleBuilder({ memory: { minimum: 1, maximum: 2, shared: true } });
    emitBarrier(module, 4096);
    expect(await expectRoundTrip(module)).toContain('memory.atomic.wait32 offset=192');
  });
});

function described(instruction: object) {
  const { immediates } = instruction as Described;
  return { immediates, emit: instruction as unknown as (...operands: unknown[]) => Code };
}

describe('the table of opcodes', () => {
  const FAMILIES = { i32, i64, f32, f64, v128, i8x16, i16x8, i32x4, i64x2, f32x4, f64x2, atomic };

  it('has the name of every instruction of the encoder', async () => {
    const module = new ModuleBuilder({ memory: { minimum: 1, maximum: 2, shared: true } });
    const f = module.function({ name: 'f' });
    let count = 0;
    for (const family of Object.values(FAMILIES)) {
      for (const instruction of Object.values(family)) {
        if (!('immediates' in instruction)) continue;
        const { emit, immediates } = described(instruction);
        const operands: unknown[] = Array(emit.length).fill([]);
        if (immediates === 'lane') operands[1] = 0;
        if (immediates === 'memoryLane') operands[2] = 0;
        // behind `unreachable` operands of any type are there
        f.emit(unreachable, emit(...operands));
        count++;
      }
    }
    f.emit(
      unreachable,
      memory.copy([], [], []),
      memory.fill([], [], []),
      memory.size(),
      memory.grow([]),
      atomic.fence(),
    );
    expect(count).toBeGreaterThan(300);
    expect(instructionsByOpcode().size).toBeGreaterThan(count);
    await expectRoundTrip(module);
  });
});
