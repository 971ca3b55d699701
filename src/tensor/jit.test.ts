import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tensor } from '../ops/create.ts';
import { add, mul } from '../ops/math/arithmetic.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { memoryUsage, setBackend } from './engine.ts';
import { jit } from './jit.ts';
import type { Tensor } from './tensor.ts';

it('tells arguments apart that were the same tensor when the program was made', () => {
  const f = jit((a: Tensor, b: Tensor) => add(a, mul(b, 10)));
  const [x, y] = [tensor([1]), tensor([2])];
  expect([f(x, x), f(x, y), f(y, x)].map((result) => result.arraySync())).toEqual([[11], [21], [12]]);
});

for (const backend of ['reference', 'wasm'] as const) {
  describe(`jit with donation on ${backend}`, () => {
    beforeEach(() => setBackend(backend));
    afterEach(() => setBackend('wasm'));

    it('gives the memory of an argument to a result', async () => {
      const step = jit((state: Tensor) => add(state, 1), { donate: [0] });
      let state = tensor([1, 2, 3]);
      await state.data();
      const { liveTensors } = memoryUsage();
      for (let i = 0; i < 5; i++) state = step(state);
      expect(await state.array()).toEqual([6, 7, 8]);
      expect(memoryUsage().liveTensors).toBe(liveTensors);
    });

    it('forbids the use of what was donated', () => {
      const double = jit((x: Tensor) => mul(x, 2), { donate: [0] });
      const x = tensor([1, 2]);
      double(x);
      expect(() => x.dataSync()).toThrow('expected a live tensor, got one that was disposed of or donated');
    });

    it('frees a donated argument that no result can take', () => {
      const total = jit(({ a }: { a: Tensor }, b: Tensor) => sum(mul(a, b)), {
        donate: [0],
      });
      const [a, b] = [tensor([1, 2]), tensor([3, 4])];
      expect(total({ a }, b).itemSync()).toBe(11);
      expect(() => a.dataSync()).toThrow('donated');
      expect([...b.dataSync()]).toEqual([3, 4]);
    });

    it('computes with what it overwrites before it does', async () => {
      const swap = jit((a: Tensor, b: Tensor) => [add(b, 0), sum(mul(a, b)), mul(a, 1)], { donate: [0, 1] });
      const [first, product, second] = swap(tensor([1, 2]), tensor([10, 20]));
      expect([first, product, second].map((result) => result?.arraySync())).toEqual([[10, 20], 50, [1, 2]]);
    });

    it('refuses a donated tensor that is passed twice, and places that are none', () => {
      const f = jit((a: Tensor, b: Tensor) => add(a, b), { donate: [0] });
      const x = tensor([1]);
      expect(() => f(x, x)).toThrow(
        'expected a donated tensor once among the arguments, got float32[1] twice',
      );
      expect([...x.dataSync()]).toEqual([1]);
      const known = jit((a: Tensor) => add(a, x), { donate: [0] });
      expect(() => known(x)).toThrow('got float32[1] that the function also knows from outside');
      expect([...x.dataSync()]).toEqual([1]);
      expect(() => jit(f, { donate: [-1] })).toThrow('expected places of arguments, from 0, got -1');
    });
  });
}
