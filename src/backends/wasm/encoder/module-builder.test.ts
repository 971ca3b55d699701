import { describe, expect, it } from 'vitest';
import { exported, instantiate } from '../../../../test/support/run-wasm.ts';
import { disassemble } from '../../../../test/support/wabt.ts';
import { call, f32x4, f64, forRange, i32, i64, ifElse, ModuleBuilder, returnValue, v128 } from './index.ts';

/** sum over i < n of x[i] * y[i] in four lanes, relaxed where the engine may fuse. */
function dotProduct(): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({ memory: { minimum: 1, maximum: 16, shared: true } });
  const dot = module.function({ name: 'dot', params: ['i32', 'i32', 'i32'], results: ['f32'], export: true });
  const [x, y, end] = dot.params;
  const sum = dot.local('v128', 'sum');
  const offset = dot.local('i32', 'offset');
  const element = (base: typeof x) => v128.load(i32.add(base.get, offset.get));
  dot.emit(
    forRange(offset, i32.const(0), end.get, 16, sum.set(f32x4.relaxedMadd(element(x), element(y), sum.get))),
  );
  const folded = f32x4.add(sum.get, f32x4.shuffle(sum.get, sum.get, [2, 3, 0, 1]));
  dot.emit(sum.set(folded));
  dot.emit(f32x4.extractLane(f32x4.add(sum.get, f32x4.shuffle(sum.get, sum.get, [1, 0, 3, 2])), 0));
  return module.encode();
}

describe('ModuleBuilder', () => {
  it('encodes a kernel on shared memory that computes the right sum', () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 16, shared: true });
    new Float32Array(memory.buffer).set([1, 2, 3, 4, 5, 6, 7, 8]);
    new Float32Array(memory.buffer, 64).set([1, -1, 2, -2, 0.5, 3, 1, 1]);
    const dot = exported(instantiate(dotProduct(), { env: { memory } }), 'dot');
    expect(dot(0, 64, 32)).toBe(1 - 2 + 6 - 8 + 2.5 + 18 + 7 + 8);
    expect(dot(0, 64, 0)).toBe(0);
  });

  it('is accepted by wabt, which reads back the names', async () => {
    const text = await disassemble(dotProduct());
    expect(text).toContain('$dot');
    expect(text).toContain('(local $sum v128)');
    expect(text).toContain('(import "env" "memory" (memory');
  });

  it('calls functions declared later, and imports declared after them', () => {
    const module = new ModuleBuilder();
    const main = module.function({ name: 'main', params: ['i32'], results: ['i32'], export: true });
    const fibonacci = module.function({ name: 'fibonacci', params: ['i32'], results: ['i32'] });
    const observe = module.importFunction('host', 'observe', ['i32'], ['i32']);
    main.emit(call(observe, call(fibonacci, main.params[0].get)));
    const [n] = fibonacci.params;
    const below = (step: number) => call(fibonacci, i32.sub(n.get, i32.const(step)));
    fibonacci.emit(ifElse(i32.ltS(n.get, i32.const(2)), n.get, i32.add(below(1), below(2)), 'i32'));
    const seen: unknown[] = [];
    const host = { observe: (value: number) => seen.push(value) };
    expect(exported(instantiate(module.encode(), { host }), 'main')(20)).toBe(1);
    expect(seen).toEqual([6765]);
  });

  it('keeps globals and runs the start function', () => {
    const module = new ModuleBuilder();
    const total = module.global('i64', i64.const(-5n));
    const begin = module.function({ name: 'begin' });
    begin.emit(total.set(i64.add(total.get, i64.const(100n))));
    module.start(begin);
    const read = module.function({ name: 'read', results: ['i64'], export: true });
    read.emit(total.get);
    expect(exported(instantiate(module.encode()), 'read')()).toBe(95n);
  });

  it('shares equal signatures and groups neighbouring locals', () => {
    const build = (types: readonly ('i32' | 'f64')[]) => {
      const module = new ModuleBuilder();
      for (const name of ['a', 'b']) {
        const item = module.function({ name, params: ['f64'], results: ['f64'], export: true });
        for (const type of types) item.local(type);
        item.emit(returnValue(f64.sqrt(item.params[0].get)));
      }
      return module.encode();
    };
    expect(exported(instantiate(build(['i32', 'f64', 'i32'])), 'b')(9)).toBe(3);
    expect(build(['i32', 'i32', 'i32', 'i32']).length).toBe(build(['i32']).length);
    expect(build(['i32', 'f64']).length).toBe(build(['i32']).length + 4);
  });

  it('names the function of another module when it is called', () => {
    const stranger = new ModuleBuilder().function({ name: 'stranger' });
    const module = new ModuleBuilder();
    module.function({ name: 'caller' }).emit(call(stranger));
    expect(() => module.encode()).toThrow('function stranger belongs to another module');
    expect(() => call(stranger, i32.const(1))).toThrow('stranger takes 0 arguments, got 1');
  });
});
