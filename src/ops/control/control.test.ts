import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { setBackend } from '../../tensor/engine.ts';
import { grad } from '../../tensor/gradient.ts';
import { jit } from '../../tensor/jit.ts';
import type { NestedArray, Tensor } from '../../tensor/tensor.ts';
import { tensor } from '../create.ts';
import { at } from '../index/indexing.ts';
import { matmul } from '../linalg/linalg.ts';
import { add, mul, sub } from '../math/arithmetic.ts';
import { less } from '../math/compare.ts';
import { tanh } from '../math/math.ts';
import { sum } from '../reduce/reduce.ts';
import { stack } from '../shape/shape.ts';
import { cond, scan, whileLoop } from './control.ts';

const flat = (value: NestedArray): number[] => (Array.isArray(value) ? value.flatMap(flat) : [Number(value)]);

async function expectClose(a: Tensor, b: Tensor): Promise<void> {
  expect(a.shape).toEqual(b.shape);
  const [x, y] = [flat(await a.array()), flat(await b.array())];
  x.forEach((value, i) => {
    const want = y[i] ?? Number.NaN;
    expect(Math.abs(value - want)).toBeLessThan(1e-5 * Math.max(1, Math.abs(want)));
  });
}

const numbers = (count: number, seed: number) =>
  Array.from({ length: count }, (_, i) => Math.sin(i * 1.7 + seed));
const matrix = (rows: number, columns: number, seed: number) =>
  tensor(Float32Array.from(numbers(rows * columns, seed)), [rows, columns]);

describe.each(['reference', 'wasm', 'wasm, one thread'] as const)('control flow on %s', (name) => {
  beforeEach(() =>
    setBackend(
      name === 'reference' ? 'reference' : 'wasm',
      name === 'wasm, one thread' ? { threads: 1 } : {},
    ),
  );
  afterAll(() => setBackend('wasm'));

  it('starts the backward loop from a literal', async () => {
    const last = (x: Tensor) => scan((c: Tensor, y: Tensor) => [add(mul(c, 2), y), c], at(x, 0), x)[0];
    expect(await grad(last)(tensor([1, 2, 3])).array()).toEqual([12, 2, 1]);
  });

  it('scans with carries, results, constants and in reverse', async () => {
    const xs = tensor([1, 2, 3, 4]);
    const scale = tensor(10);
    const run = jit((start: Tensor, walked: Tensor, factor: Tensor) =>
      scan((c: Tensor, x: Tensor) => [add(c, x), mul(mul(c, x), factor)], start, walked),
    );
    const [last, products] = run(tensor(0.5), xs, scale);
    expect(await last.item()).toBe(10.5);
    expect(await products.array()).toEqual([5, 30, 105, 260]);
    const [, back] = scan((c: Tensor, x: Tensor) => [add(c, x), c], tensor(0), xs, { reverse: true });
    expect(await back.array()).toEqual([9, 7, 4, 0]);
    const [powers] = scan((c: Tensor) => [mul(c, 2), c], tensor(1), null, { length: 10 });
    expect(await powers.item()).toBe(1024);
  });

  it('has the gradients of the unrolled loop, first and second', async () => {
    const [steps, batch, width] = [5, 3, 4];
    const xs = stack(Array.from({ length: steps }, (_, t) => matrix(batch, width, t)));
    const weights = { w: matrix(width, width, 7), u: matrix(width, width, 8), b: tensor(numbers(width, 9)) };
    const cell = (p: typeof weights, h: Tensor, x: Tensor) =>
      tanh(add(add(matmul(x, p.w), matmul(h, p.u)), p.b));
    const start = matrix(batch, width, 3);
    const looped = (p: typeof weights, input: Tensor) => {
      const [last, all] = scan(
        (h: Tensor, x: Tensor) => [cell(p, h, x), mul(cell(p, h, x), h)],
        start,
        input,
      );
      return add(sum(mul(last, last)), sum(mul(all, all)));
    };
    const unrolled = (p: typeof weights, input: Tensor) => {
      let h = start;
      let total = tensor(0);
      for (let t = 0; t < steps; t++) {
        const next = cell(p, h, at(input, t));
        const y = mul(next, h);
        total = add(total, sum(mul(y, y)));
        h = next;
      }
      return add(total, sum(mul(h, h)));
    };
    const [a, b] = [grad(looped)(weights, xs), jit(grad(unrolled))(weights, xs)];
    await expectClose(a.w, b.w);
    await expectClose(a.u, b.u);
    await expectClose(a.b, b.b);
    const byInput = (f: typeof looped) => grad((input: Tensor) => f(weights, input));
    await expectClose(jit(byInput(looped))(xs), byInput(unrolled)(xs));
    const norm = (f: typeof looped) => (p: typeof weights) =>
      sum(mul(grad(f)(p, xs).u, matrix(width, width, 5)));
    await expectClose(grad(norm(looped))(weights).u, grad(norm(unrolled))(weights).u);
  });

  it('nests scans', async () => {
    const xs = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const [total, rows] = scan(
      (c: Tensor, row: Tensor) => {
        const [s] = scan((d: Tensor, x: Tensor) => [add(d, mul(x, c)), d], tensor(0), row);
        return [add(c, s), s];
      },
      tensor(1),
      xs,
    );
    expect(await rows.array()).toEqual([6, 105]);
    expect(await total.item()).toBe(112);
  });

  it('loops while a condition holds', async () => {
    const collatz = (start: number) =>
      whileLoop(
        ({ n }) => less(n, 1000),
        ({ n, count }) => ({ n: mul(n, 2), count: add(count, 1) }),
        { n: tensor(start), count: tensor(0) },
      );
    expect(await collatz(3).n.item()).toBe(1536);
    expect(await collatz(3).count.item()).toBe(9);
    expect(await collatz(5000).count.item()).toBe(0);
  });

  it('runs one branch, with its gradient', async () => {
    const f = (x: Tensor) =>
      cond(
        less(sum(x), 0),
        (y: Tensor) => mul(y, y),
        (y: Tensor) => sub(mul(y, 3), 1),
        x,
      );
    expect(await f(tensor([1, 2])).array()).toEqual([2, 5]);
    expect(await f(tensor([-1, -2])).array()).toEqual([1, 4]);
    const slope = jit(grad((x: Tensor) => sum(f(x))));
    expect(await slope(tensor([1, 2])).array()).toEqual([3, 3]);
    expect(await slope(tensor([-1, -2])).array()).toEqual([-2, -4]);
  });

  it('knows the parts of a carry by name, in whatever order they come', async () => {
    const [last] = scan(
      ({ a, b }: { a: Tensor; b: Tensor }, x: Tensor): [{ a: Tensor; b: Tensor }, null] => [
        { b: add(b, 1), a: add(a, x) },
        null,
      ],
      { a: tensor(0), b: tensor(100) },
      tensor([1, 2, 3]),
    );
    expect([last.a.itemSync(), last.b.itemSync()]).toEqual([6, 103]);
    const picked = cond(
      tensor(false),
      () => ({ a: tensor(1), b: tensor(2) }),
      () => ({ b: tensor(20), a: tensor(10) }),
      null,
    );
    expect([picked.a.itemSync(), picked.b.itemSync()]).toEqual([10, 20]);
  });

  it('says what does not fit', () => {
    expect(() => scan((c: Tensor) => [stack([c, c]), c], tensor(0), null, { length: 2 })).toThrow(
      'scan, tensor 0: expected [], got [2]',
    );
    expect(() =>
      scan((c: Tensor, x: [Tensor, Tensor]) => [c, x[0]], tensor(0), [tensor([1, 2]), tensor([1])] as [
        Tensor,
        Tensor,
      ]),
    ).toThrow('lengths 2, 1');
    expect(() =>
      cond(
        tensor(1),
        (x: Tensor) => x,
        (x: Tensor) => x,
        tensor(1),
      ),
    ).toThrow('cond: expected a bool scalar, got float32[]');
    expect(() =>
      grad((x: Tensor) =>
        whileLoop(
          (c) => less(c, 9),
          (c) => mul(c, 2),
          x,
        ),
      )(tensor(1)),
    ).toThrow('use scan');
  });
});
