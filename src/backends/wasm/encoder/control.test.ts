import { describe, expect, it } from 'vitest';
import { exported, instantiate } from '../../../../test/support/run-wasm.ts';
import {
  block,
  br,
  brIf,
  type Code,
  doWhile,
  forRange,
  i32,
  ifElse,
  type Local,
  label,
  loop,
  ModuleBuilder,
  nop,
  repeat,
  returnValue,
  select,
  unreachable,
  whileLoop,
} from './index.ts';

/** A function of two integers with a counter and an accumulator, whose value is the accumulator. */
function functionOf(body: (a: Local, b: Local, i: Local, sum: Local) => Code) {
  const module = new ModuleBuilder();
  const run = module.function({ name: 'run', params: ['i32', 'i32'], results: ['i32'], export: true });
  const [a, b] = run.params;
  const sum = run.local('i32');
  run.emit(body(a, b, run.local('i32'), sum), sum.get);
  return exported(instantiate(module.encode()), 'run');
}

const increase = (local: Local, amount: Code) => local.set(i32.add(local.get, amount));

describe('control flow', () => {
  it('forRange runs from start below end, and not at all for an empty range', () => {
    const run = functionOf((a, b, i, sum) => forRange(i, a.get, b.get, 3, increase(sum, i.get)));
    expect(run(2, 12)).toBe(2 + 5 + 8 + 11);
    expect(run(2, 11)).toBe(2 + 5 + 8);
    expect(run(5, 5)).toBe(0);
    expect(run(5, -1)).toBe(0);
    expect(run(-4, 0)).toBe(-4 - 1);
  });

  it('repeat runs at least once', () => {
    const run = functionOf((a, b, i, sum) => repeat(i, a.get, b.get, 1, increase(sum, i.get)));
    expect(run(1, 5)).toBe(10);
    expect(run(7, 5)).toBe(7);
  });

  it('counts addresses above 2^31 when told to', () => {
    const count = (order: 'signed' | 'unsigned') =>
      functionOf((a, b, i, sum) => forRange(i, a.get, b.get, 16, increase(sum, i32.const(1)), order));
    expect(count('unsigned')(2 ** 31 - 32, 2 ** 31 + 32)).toBe(4);
    expect(count('signed')(2 ** 31 - 32, 2 ** 31 + 32)).toBe(0);
    expect(() => functionOf((a, b, i) => forRange(i, a.get, b.get, 0, nop))).toThrow('loop step 0');
  });

  it('branches to the label that is named, from any depth', () => {
    const outer = label('outer');
    const inner = label('inner');
    const run = functionOf((a, b, _i, sum) => [
      block(outer, [
        block(inner, [brIf(outer, a.get), ifElse(b.get, br(inner)), increase(sum, i32.const(100))]),
        increase(sum, i32.const(10)),
      ]),
      increase(sum, i32.const(1)),
    ]);
    expect([run(1, 0), run(0, 1), run(0, 0)]).toEqual([1, 11, 111]);
  });

  it('lets one piece of code with labels stand in two places', () => {
    const again = label();
    const run = functionOf((a, b, i, sum) => {
      const triangle = loop(again, [increase(sum, i.get), brIf(again, i.tee(i32.sub(i.get, i32.const(1))))]);
      return [i.set(a.get), triangle, i.set(b.get), triangle];
    });
    expect(run(3, 4)).toBe(6 + 10);
  });

  it('gives values out of blocks, branches and selections', () => {
    const named = label();
    const run = functionOf((a, b, _i, sum) => [
      increase(sum, ifElse(a.get, i32.const(1), i32.const(2), 'i32')),
      increase(sum, select(i32.const(10), i32.const(20), b.get)),
      increase(sum, block(named, [i32.const(100), br(named)], 'i32')),
    ]);
    expect([run(1, 1), run(0, 0)]).toEqual([111, 122]);
  });

  it('loops while a condition holds, tested before or after', () => {
    const countdown = (a: Local, sum: Local) => [increase(sum, a.get), increase(a, i32.const(-1))];
    const testedBefore = functionOf((a, _b, _i, sum) =>
      whileLoop(i32.gtS(a.get, i32.const(0)), countdown(a, sum)),
    );
    const testedAfter = functionOf((a, _b, _i, sum) =>
      doWhile(countdown(a, sum), i32.gtS(a.get, i32.const(0))),
    );
    expect([testedBefore(4, 0), testedBefore(0, 0), testedBefore(-1, 0)]).toEqual([10, 0, 0]);
    expect([testedAfter(4, 0), testedAfter(0, 0), testedAfter(-1, 0)]).toEqual([10, 0, -1]);
  });

  it('returns early and traps', () => {
    const run = functionOf((a, b) => [ifElse(a.get, returnValue(b.get)), nop, unreachable]);
    expect(run(1, 42)).toBe(42);
    expect(() => run(0, 42)).toThrow(WebAssembly.RuntimeError);
  });

  it('reports a branch out of its block as a bug', () => {
    const lost = label('lost');
    expect(() => functionOf(() => [block(lost, nop), br(lost)])).toThrow(
      'branch to "lost" from outside its block',
    );
  });
});
