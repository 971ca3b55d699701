import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { plan } from '../../compiler/compile.ts';
import { commuteTaking } from '../../compiler/passes/take-last.ts';
import type { LoopBlock } from '../../compiler/schedule/chunks/phases.ts';
import { topologicalOrder } from '../../graph/graph.ts';
import { matmul as product } from '../../primitives/contraction/matmul.ts';
import { add as sumOf } from '../../primitives/elementwise/arithmetic.ts';
import { input } from '../../primitives/leaf.ts';
import { take as rowsOf } from '../../primitives/structure/take.ts';
import { broadcastTo, reshape, transpose } from '../../primitives/structure/views.ts';
import { setBackend } from '../../tensor/engine.ts';
import { gradients } from '../../tensor/gradient.ts';
import { jit } from '../../tensor/jit.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { tracedInput } from '../../tensor/traced-input.ts';
import { at } from '../../util/errors.ts';
import { tensor, variable } from '../create.ts';
import { take } from '../index/take.ts';
import { matmul } from '../linalg/linalg.ts';
import { add, mul, sub } from '../math/arithmetic.ts';
import { exp, tanh } from '../math/math.ts';
import { sum } from '../reduce/reduce.ts';
import { flip } from '../shape/shape.ts';
import { scan } from './control.ts';

const traced = (...shape: number[]) => tracedInput({ shape, dtype: 'float32' });
const filled = (shape: readonly number[], seed: number) =>
  tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i * 1.3 + seed)),
    shape,
  );

/** The kernels of each phase inside the loops of a program. */
function loopsOf(inputs: readonly Tensor[], outputs: readonly Tensor[]): string[][] {
  const nodes = (tensors: readonly Tensor[]) => tensors.map(({ node }) => node);
  const { phases } = plan({ inputs: nodes(inputs), outputs: nodes(outputs) }, [], () => undefined);
  const loops = phases.flatMap(({ blocks }) =>
    blocks.filter((block): block is LoopBlock => block.kind === 'loop'),
  );
  return loops.map((block) =>
    block.phases.map(({ regions }) =>
      regions.flatMap(({ kernels }) => kernels.map(({ name }) => name)).join(' '),
    ),
  );
}

describe('a loop', () => {
  it('computes once what no round changes, and waits once a round', () => {
    const [start, xs, w] = [traced(4, 3), traced(5, 4, 3), traced(3, 3)];
    const step = (h: Tensor, x: Tensor): [Tensor, Tensor] => {
      const next = tanh(add(x, matmul(h, exp(flip(w, 0)))));
      return [next, next];
    };
    const [last] = scan(step, start, xs);
    expect(loopsOf([start, xs, w], [last]).flat().join(' ')).not.toContain('exp');
  });

  it('writes a carry in place where nobody reads the last value any more', () => {
    const [start, xs] = [traced(4, 3), traced(5, 4, 3)];
    const [last] = scan((h: Tensor, x: Tensor) => [tanh(add(h, x)), x], start, xs);
    expect(loopsOf([start, xs], [last])).toEqual([['tanh+alias']]);
    const [flipped] = scan((h: Tensor, x: Tensor) => [add(flip(h, 1), x), x], start, xs);
    expect(loopsOf([start, xs], [flipped])).toEqual([['add+alias copy']]);
  });

  it('sums the gradient of a weight in one product behind it', () => {
    const [start, xs, w] = [traced(4, 3), traced(5, 4, 3), traced(3, 3)];
    const [last] = scan((h: Tensor, x: Tensor) => [tanh(add(x, matmul(h, w))), x], start, xs);
    const [slope] = gradients(sum(last), [w]);
    const loops = loopsOf([start, xs, w], [slope as Tensor]);
    expect(loops).toHaveLength(2);
    expect(
      at(loops, 1)
        .join(' ')
        .match(/matmul/g),
    ).toHaveLength(1);
  });
});

describe('a gradient', () => {
  it('has the value of an activation saved, and its slope computed again', () => {
    const [start, xs] = [traced(4, 3), traced(5, 4, 3)];
    const [last] = scan((h: Tensor, x: Tensor) => [tanh(add(h, x)), null], start, xs);
    const [slope] = gradients(sum(last), [start]);
    const scans = topologicalOrder([(slope as Tensor).node]).filter(
      ({ primitive }) => primitive.name === 'scan',
    );
    expect(scans.map(({ attrs }) => attrs.sequences)).toEqual([1, 1]);
  });
});

describe.each(['reference', 'wasm'] as const)('loops on %s', (name) => {
  beforeEach(() => setBackend(name));
  afterAll(() => setBackend('wasm'));

  it('exchange carries', async () => {
    const step = ([a, b, c]: Tensor[], x: Tensor): [Tensor[], Tensor] => [
      [b as Tensor, add(a as Tensor, x), sub(c as Tensor, b as Tensor)],
      mul(b as Tensor, c as Tensor),
    ];
    const run = jit((xs: Tensor) => scan(step, [filled([3], 1), filled([3], 2), filled([3], 3)], xs).flat());
    const xs = filled([4, 3], 4);
    let [a, b, c] = [1, 2, 3].map((seed) => Array.from({ length: 3 }, (_, i) => Math.sin(i * 1.3 + seed)));
    for (let t = 0; t < 4; t++) {
      const x = Array.from({ length: 3 }, (_, i) => Math.sin((3 * t + i) * 1.3 + 4));
      [a, b, c] = [b, a?.map((v, i) => v + at(x, i)), c?.map((v, i) => v - at(b ?? [], i))];
    }
    const results = run(xs) as Tensor[];
    for (const [i, want] of [a, b, c].entries()) {
      const got = [...(await at(results, i).data())];
      got.forEach((value, j) => {
        expect(value).toBeCloseTo(at(want ?? [], j), 5);
      });
    }
  });

  it.each([
    ['h w', (h: Tensor, w: Tensor) => matmul(h, w)],
    ['(w h) transposed', (h: Tensor, w: Tensor) => transposed(matmul(transposed(w), transposed(h)))],
    ['h w + h (w transposed)', (h: Tensor, w: Tensor) => add(matmul(h, w), matmul(h, transposed(w)))],
    ['h exp(w)', (h: Tensor, w: Tensor) => matmul(h, exp(w))],
    ['h w + h', (h: Tensor, w: Tensor) => add(matmul(h, w), mul(h, sum(w)))],
  ])('have the weight gradients of the unrolled loop: %s', async (_, multiply) => {
    const [start, xs, w] = [filled([2, 3], 1), filled([4, 2, 3], 2), filled([3, 3], 3)];
    const step = (h: Tensor, x: Tensor) => tanh(add(x, multiply(h, w)));
    const [last, all] = scan((h: Tensor, x: Tensor) => [step(h, x), h], start, xs);
    let [plain, total] = [start, sum(mul(start, 0))];
    for (let t = 0; t < 4; t++) {
      total = add(total, sum(mul(plain, plain)));
      plain = step(plain, take(xs, t));
    }
    const looped = gradients(add(sum(last), sum(mul(all, all))), [w, start, xs]);
    const unrolled = gradients(add(sum(plain), total), [w, start, xs]);
    for (const [i, slope] of looped.entries()) {
      const want = [...(await at(unrolled, i).data())];
      [...(await slope.data())].forEach((value, j) => {
        expect(value).toBeCloseTo(at(want, j), 4);
      });
    }
  });

  it('keep an input until every result of the kernel that overwrites it is computed', async () => {
    const [x, z] = [variable([1, 2, 3, 4, 5]), variable([0, 0, 0, 0, 0])];
    const update = jit((y: Tensor) => {
      const before = x.read();
      x.assign(mul(y, 2));
      z.assign(add(before, y));
      return sum(y);
    });
    update(tensor([10, 20, 30, 40, 50]));
    expect(await z.read().array()).toEqual([11, 22, 33, 44, 55]);
    const turn = jit(() => {
      const before = x.read();
      x.assign(add(before, flip(before, 0)));
      return sum(before);
    });
    turn();
    expect(await x.read().array()).toEqual([120, 120, 120, 120, 120]);
  });
});

describe('commuteTaking', () => {
  const table = input({ shape: [5, 4], dtype: 'float32' });
  const indices = input({ shape: [3, 6], dtype: 'int32' });
  const weights = input({ shape: [4, 7], dtype: 'float32' });

  it('rearranges indices instead of rows', () => {
    const turned = commuteTaking(transpose(rowsOf(table, indices), [1, 0, 2]));
    expect(turned?.primitive.name).toBe('take');
    expect(turned?.inputs[1]?.shape).toEqual([6, 3]);
    expect(commuteTaking(transpose(rowsOf(table, indices), [0, 2, 1]))).toBeUndefined();
    expect(commuteTaking(reshape(rowsOf(table, indices), [18, 4]))?.inputs[1]?.shape).toEqual([18]);
    expect(commuteTaking(reshape(rowsOf(table, indices), [18, 2, 2]))).toBeUndefined();
  });

  it('multiplies a table that is smaller than what is taken from it', () => {
    const many = input({ shape: [18], dtype: 'int32' });
    const few = input({ shape: [5], dtype: 'int32' });
    const taken = commuteTaking(product(rowsOf(table, many), weights, false, false));
    expect(taken?.primitive.name).toBe('take');
    expect(taken?.inputs[0]?.shape).toEqual([5, 7]);
    expect(commuteTaking(product(rowsOf(table, few), weights, false, false))).toBeUndefined();
    const bias = broadcastTo(input({ shape: [4], dtype: 'float32' }), [18, 4]);
    expect(commuteTaking(sumOf(rowsOf(table, many), bias))?.inputs[0]?.shape).toEqual([5, 4]);
    const own = input({ shape: [18, 4], dtype: 'float32' });
    expect(commuteTaking(sumOf(rowsOf(table, many), own))).toBeUndefined();
  });
});

function transposed(x: Tensor): Tensor {
  return new Tensor(transpose(x.node, [1, 0]));
}
