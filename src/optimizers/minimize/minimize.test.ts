import { describe, expect, it } from 'vitest';
import { tensor } from '../../ops/create.ts';
import { at } from '../../ops/index/indexing.ts';
import { matmul } from '../../ops/linalg/linalg.ts';
import { add, mul, square, sub } from '../../ops/math/arithmetic.ts';
import { log } from '../../ops/math/math.ts';
import { mean, sum } from '../../ops/reduce/reduce.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { minimize } from './minimize.ts';

const double = (...values: number[]) => tensor(Float64Array.from(values));

function rosenbrock(point: Tensor): Tensor {
  const [x, y] = [at(point, 0), at(point, 1)];
  return add(square(sub(1, x)), mul(100, square(sub(y, square(x)))));
}

function beale(point: Tensor): Tensor {
  const [x, y] = [at(point, 0), at(point, 1)];
  const terms = [1.5, 2.25, 2.625].map((constant, i) => {
    const power = Array.from({ length: i }).reduce<Tensor>((product) => mul(product, y), y);
    return square(add(sub(constant, x), mul(x, power)));
  });
  return terms.reduce((a, b) => add(a, b));
}

const TIGHT = { gradientTolerance: 1e-12, valueTolerance: 1e-12 };

describe('minimize', () => {
  it.each([
    // SciPy 1.17.1: minimize(f, start, jac=gradient, method='L-BFGS-B', tol=1e-12)
    ['Rosenbrock', rosenbrock, [-1.2, 1], [1, 1], 38, 46],
    ['Beale', beale, [1, 1], [3, 0.5], 16, 17],
    ['Beale from 0', beale, [0, 0], [3, 0.5], 14, 15],
  ] as const)('needs as many steps as SciPy on %s', async (_, loss, start, end, iterations, evaluations) => {
    const found = await minimize(loss, double(...start), TIGHT);
    expect(Math.abs(found.iterations - iterations)).toBeLessThanOrEqual(1);
    expect(Math.abs(found.evaluations - evaluations)).toBeLessThanOrEqual(1);
    const parameters = await found.parameters.data();
    end.forEach((value, i) => {
      expect(parameters[i]).toBeCloseTo(value, 8);
    });
  });

  it('takes parameters in any structure, and shows its way', async () => {
    const x = tensor([
      [1, 2],
      [3, -1],
      [0, 1],
      [2, 2],
    ]);
    const y = tensor([[3], [8], [0], [5]]);
    const values: number[] = [];
    const found = await minimize(
      ({ kernel, bias }: { kernel: Tensor; bias: Tensor }) =>
        mean(square(sub(add(matmul(x, kernel), bias), y))),
      { kernel: tensor([[0], [0]]), bias: tensor([0]) },
      {
        onIteration({ iteration, value }) {
          expect(iteration).toBe(values.length);
          values.push(value);
        },
      },
    );
    expect(found.iterations).toBe(values.length - 1);
    expect(values.every((value, i) => i === 0 || value < (values[i - 1] ?? 0))).toBe(true);
    expect(found.parameters.kernel.shape).toEqual([2, 1]);
    expect(found.parameters.kernel.dtype).toBe('float32');
    // the normal equations, by hand
    const residuals = (await sub(
      add(matmul(x, found.parameters.kernel), found.parameters.bias),
      y,
    ).data()) as Float32Array;
    expect(residuals.reduce((a, b) => a + b)).toBeCloseTo(0, 3);
  });

  it('steps back from where the loss is not defined', async () => {
    const found = await minimize((x: Tensor) => sum(sub(mul(100, x), mul(1000, log(x)))), double(30), TIGHT);
    expect((await found.parameters.data())[0]).toBeCloseTo(10, 6);
  });

  it('ends at once where the gradient is 0, and after the last iteration', async () => {
    const start = await minimize(rosenbrock, double(1, 1));
    expect(start).toMatchObject({ iterations: 0, evaluations: 1, reason: 'gradient', value: 0 });
    expect(await minimize(rosenbrock, double(-1.2, 1), { maxIterations: 3 })).toMatchObject({
      iterations: 3,
      reason: 'iterations',
    });
  });

  it('ends where a loss has no lower bound that it could reach', async () => {
    const { iterations } = await minimize((x: Tensor) => sum(x), double(1), { maxIterations: 5 });
    expect(iterations).toBeLessThanOrEqual(5);
  });

  it.each([
    [{ memory: 0 }, 'minimize: expected memory, a whole number >= 1, got 0'],
    [{ gradientTolerance: -1 }, 'minimize: expected gradientTolerance >= 0, got -1'],
    [{ maxIterations: 1.5 }, 'minimize: expected maxIterations, a whole number >= 0, got 1.5'],
    [{ valueTolerance: Number.NaN }, 'minimize: expected valueTolerance >= 0, got NaN'],
  ])('refuses %o', async (options, message) => {
    await expect(minimize(rosenbrock, double(0, 0), options)).rejects.toThrow(message);
  });

  it('refuses a start that is no tensor of floats, or has no finite loss', async () => {
    await expect(minimize(sum, tensor([1], 'int32'))).rejects.toThrow(
      "minimize, start: expected tensors of float32 or float64, in arrays and objects, got int32; make one with tensor(values, 'float64')",
    );
    await expect(minimize((x: Tensor) => sum(log(x)), double(-1))).rejects.toThrow(
      'minimize, start: expected a finite loss and a finite gradient, got a loss of NaN; start where the loss is defined',
    );
  });
});
