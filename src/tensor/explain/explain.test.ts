import { describe, expect, it, onTestFinished } from 'vitest';
import type { ExplainedKernel, Explanation } from '../../compiler/explain/explanation.ts';
import { formatExplanation } from '../../compiler/explain/text/format.ts';
import { withScope } from '../../graph/scope.ts';
import { scan, whileLoop } from '../../ops/control/control.ts';
import { full, ones, scalar, zeros } from '../../ops/create.ts';
import { matmul } from '../../ops/linalg/linalg.ts';
import { add, mul } from '../../ops/math/arithmetic.ts';
import { less } from '../../ops/math/compare.ts';
import { exp, tanh } from '../../ops/math/math.ts';
import { conv2d } from '../../ops/nn/conv.ts';
import { relu } from '../../ops/nn/nn.ts';
import { maxPool2d } from '../../ops/nn/pool.ts';
import { mean, sum } from '../../ops/reduce/reduce.ts';
import { slice } from '../../ops/shape/slicing.ts';
import { AntlerTraceError, AntlerValueError, at } from '../../util/errors.ts';
import { setBackend } from '../engine.ts';
import { grad } from '../gradient.ts';
import { jit } from '../jit.ts';
import type { Tensor } from '../tensor.ts';
import { Variable } from '../variable.ts';
import { explain } from './explain.ts';

const clock = () => performance.now();

function named(explanation: Explanation, name: string): ExplainedKernel {
  return at(
    explanation.kernels.filter((kernel) => kernel.name === name),
    0,
  );
}

describe('the work of kernels', () => {
  it('is 2 m n k for a matrix product, and nothing for packing', async () => {
    const explanation = await explain(matmul, [ones([64, 32]), ones([32, 48])]);
    expect(named(explanation, 'matmul')).toMatchObject({
      kind: 'tuned',
      flops: 2 * 64 * 32 * 48,
      shape: [64, 48],
      bytesWritten: 4 * 64 * 48,
    });
    expect(named(explanation, 'matmulPack')).toMatchObject({ flops: 0, bytesRead: 4 * 32 * 48 });
  });

  it.each([
    ['same', 28],
    ['valid', 24],
  ] as const)('is 2 output window channels for a convolution, padding %s', async (padding, extent) => {
    const convolve = (x: Tensor, kernel: Tensor) => conv2d(x, kernel, { padding });
    const args = [ones([4, 28, 28, 3]), ones([5, 5, 3, 8])] as const;
    const flops = 2 * 4 * extent * extent * 8 * 25 * 3;
    expect(named(await explain(convolve, args), 'conv').flops).toBe(flops);
    const slopes = grad(([x, kernel]: readonly [Tensor, Tensor]) => sum(convolve(x, kernel)));
    const explanation = await explain(slopes, [args]);
    expect(named(explanation, 'convInputGradient').flops).toBe(flops);
    expect(named(explanation, 'convKernelGradient').flops).toBe(flops);
  });

  it('is one operation an element for arithmetic, and its polynomial for a function', async () => {
    const x = full([1000], 0.5);
    const flopsOf = async (f: (x: Tensor) => Tensor) => at((await explain(f, [x])).kernels, 0).flops / 1000;
    expect(await flopsOf((x) => add(mul(x, x), x))).toBe(2);
    expect(await flopsOf(relu)).toBe(1);
    expect(await flopsOf(sum)).toBe(1);
    expect(await flopsOf(exp)).toBeGreaterThan(10);
    expect(await flopsOf(exp)).toBeLessThan(30);
  });

  it('reads and writes every element once, and of a slice no more than it shows', async () => {
    const { kernels } = await explain(
      (a: Tensor, b: Tensor) => add(mul(a, b), a),
      [ones([100, 10]), ones([10])],
    );
    expect(kernels).toHaveLength(1);
    expect(at(kernels, 0)).toMatchObject({ bytesRead: 4 * 1010, bytesWritten: 4 * 1000, flops: 2000 });
    const sliced = await explain((a: Tensor) => tanh(slice(a, 0, 10)), [ones([1000])]);
    expect(at(sliced.kernels, 0).bytesRead).toBe(40);
  });
});

describe('explain', () => {
  it('names the operations fused into a kernel and the layers they came from', async () => {
    const f = (x: Tensor) => withScope('model/dense', () => tanh(add(mul(x, x), 1)));
    const { kernels, graph } = await explain(
      grad((x: Tensor) => sum(f(x))),
      [ones([64])],
    );
    const operations = kernels.flatMap((kernel) => kernel.operations);
    expect(operations.map(({ primitive }) => primitive)).toEqual(
      expect.arrayContaining(['tanh', 'add', 'mul']),
    );
    expect(operations.filter(({ primitive }) => primitive === 'tanh')).toEqual([
      { primitive: 'tanh', scope: 'model/dense', shape: [64], dtype: 'float32' },
    ]);
    expect(kernels.map(({ scope }) => scope)).toContain('model/dense');
    expect(graph.inputs.map(({ name }) => name)).toEqual(['argument 0']);
    expect(graph.outputs.map(({ name }) => name)).toEqual(['result 0']);
  });

  it('survives JSON', async () => {
    const explanation = await explain((x: Tensor) => tanh(x), [ones([8])], { code: true });
    expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
  });

  it('explains a compiled function as the plain one, and changes no variable', async () => {
    const weight = new Variable(ones([4]), { name: 'weight' });
    const step = (x: Tensor) => {
      weight.assign(add(weight.read(), x));
      return sum(weight.read());
    };
    const plain = await explain(step, [ones([4])], { clock, seconds: 0.01 });
    const compiled = await explain(jit(step), [ones([4])]);
    expect(compiled.graph).toEqual(plain.graph);
    expect(plain.graph.outputs.map(({ name }) => name)).toEqual(['result 0', 'weight']);
    expect(plain.memory.places.filter(({ inPlaceOf }) => inPlaceOf !== undefined)).toHaveLength(1);
    expect([...(await weight.read().data())]).toEqual([1, 1, 1, 1]);
  });

  it('measures every kernel, and the program on one thread and on all', async () => {
    const f = (x: Tensor, w: Tensor) => mean(relu(matmul(x, w)));
    const { kernels, timing } = await explain(f, [ones([256, 256]), ones([256, 256])], {
      clock,
      seconds: 0.1,
    });
    expect(timing?.runs).toBeGreaterThanOrEqual(5);
    expect(timing?.alone.fastest).toBeGreaterThan(0);
    expect(timing?.together.fastest).toBeGreaterThan(0);
    const product = at(
      kernels.filter(({ name }) => name === 'matmul'),
      0,
    );
    expect(product.seconds).toBeGreaterThan(0);
    expect(product.gflops).toBeCloseTo(product.flops / (product.seconds ?? 1) / 1e9, 6);
    expect(kernels.reduce((total, { share }) => total + (share ?? 0), 0)).toBeCloseTo(1, 6);
  });

  it('measures by the clock it is given', async () => {
    let now = 0;
    const ticking = () => now++;
    const { timing } = await explain((x: Tensor) => tanh(x), [ones([8])], { clock: ticking, seconds: 1 });
    expect(timing?.readingSeconds).toBeCloseTo(0.001, 9);
  });

  it('shows the rounds of loops', async () => {
    const f = (x: Tensor) => scan((s: Tensor) => [tanh(s), s], x, null, { length: 7 })[1] as Tensor;
    const { phases, kernels } = await explain(f, [ones([16])]);
    const blocks = phases.flatMap(({ blocks }) => blocks);
    expect(blocks).toMatchObject([{ kind: 'scan', rounds: 7 }]);
    expect(kernels.filter(({ rounds }) => rounds === 7).length).toBeGreaterThan(0);
  });

  it('measures the rounds of a loop that data ends', async () => {
    const f = (x: Tensor) =>
      whileLoop(
        (s: Tensor) => less(s, scalar(100)),
        (s: Tensor) => mul(s, 2),
        x,
      );
    const unknown = await explain(f, [scalar(1)]);
    const known = await explain(f, [scalar(1)], { clock, seconds: 0.01 });
    const rounds = ({ kernels }: Explanation) => kernels.map((kernel) => kernel.rounds);
    expect(rounds(unknown)).toContain(null);
    expect(rounds(known)).not.toContain(null);
    expect(rounds(known)).toContain(7);
  });

  it('refuses what it cannot explain', async () => {
    await expect(explain(() => 3, [])).rejects.toThrow(AntlerTraceError);
    await expect(explain(tanh, [ones([1])], { colour: 1 } as object)).rejects.toThrow("got 'colour'");
    setBackend('reference');
    onTestFinished(() => setBackend('wasm'));
    await expect(explain(tanh, [zeros([1])])).rejects.toThrow(
      new AntlerValueError({
        where: 'explain',
        expected: 'a backend that compiles',
        got: 'reference',
        fix: "call setBackend('wasm') first",
      }),
    );
  });
});

describe('formatExplanation', () => {
  const network = (x: Tensor, kernel: Tensor) => maxPool2d(tanh(conv2d(x, kernel)), { poolSize: 2 });
  const args = [ones([2, 8, 8, 1]), ones([3, 3, 1, 4])] as const;

  it('prints more at every level', async () => {
    const explanation = await explain(network, args, { code: true, clock, seconds: 0.01 });
    const levels = (['summary', 'kernels', 'memory', 'graph', 'code'] as const).map((level) =>
      formatExplanation(explanation, level),
    );
    levels.forEach((text, i) => {
      if (i > 0) expect(text.startsWith(at(levels, i - 1))).toBe(true);
    });
    const text = at(levels, -1);
    expect(text).toMatch(/^graph +\d+ nodes, 2 inputs, 1 output$/m);
    expect(text).toMatch(
      /^ +kernel +kind +layer +result +work +read +written +FLOP\/B +time +GFLOP\/s +share$/m,
    );
    expect(text).toMatch(/^ *\d+ {2}conv +tuned .*float32\[2, 6, 6, 4\] +5.18 kFLOP/m);
    expect(text).toMatch(/^input#0 +input +512 +\d+ +\d+ +argument 0$/m);
    expect(text).toMatch(/^ *#\d+ +float32\[2, 6, 6, 4\] +conv\(#0, #1, /m);
    expect(text).toContain('for i0 < ');
    expect(text).toContain('(module\n  (import "env" "memory"');
  });

  it('has no columns of times without a clock', async () => {
    const text = formatExplanation(await explain(network, args));
    expect(text).not.toContain('GFLOP/s');
  });

  it('knows its levels', async () => {
    const explanation = await explain(network, args);
    expect(() => formatExplanation(explanation, 'sumary' as 'summary')).toThrow("did you mean 'summary'?");
  });
});
