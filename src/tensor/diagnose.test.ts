import { describe, expect, it } from 'vitest';
import { withScope } from '../graph/scope.ts';
import { tensor } from '../ops/create.ts';
import { add, div, mul, sub, where } from '../ops/math/arithmetic.ts';
import { greater, isFinite as isFiniteValue } from '../ops/math/compare.ts';
import { exp, log } from '../ops/math/math.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { commitIf } from './commit.ts';
import { findNonFinite } from './diagnose.ts';
import { jit } from './jit.ts';
import type { Tensor } from './tensor.ts';
import { Variable } from './variable.ts';

describe('findNonFinite', () => {
  it('names the first operation on the way to the value', async () => {
    const x = new Variable(tensor([1, 0]));
    const f = () => {
      const bad = withScope('model/dense', () => log(x.read()));
      return sum(mul(sub(bad, bad), 2));
    };
    expect(await findNonFinite(f)).toEqual({ kind: 'operation', primitive: 'log', scope: 'model/dense' });
  });

  it('overflows where single precision does', async () => {
    const x = new Variable(tensor([100]));
    expect(await findNonFinite(() => sum(exp(x.read())))).toMatchObject({ primitive: 'exp' });
  });

  it('does not blame what is not chosen', async () => {
    const x = new Variable(tensor([0, 4]));
    const f = () => {
      const value = x.read();
      const safe = where(greater(value, 0), log(value), 0);
      return sum(div(add(safe, 1), mul(safe, 0)));
    };
    expect(await findNonFinite(f)).toMatchObject({ primitive: 'div' });
  });

  it('tells a broken weight and broken data apart', async () => {
    const weight = new Variable(tensor([Number.NaN]), { name: 'dense/kernel' });
    expect(await findNonFinite(() => sum(exp(weight.read())))).toEqual({
      kind: 'variable',
      name: 'dense/kernel',
    });
    const data = tensor([Number.POSITIVE_INFINITY]);
    expect(await findNonFinite(() => sum(mul(data, 2)))).toEqual({ kind: 'data' });
  });

  it('finds nothing where all is well', async () => {
    expect(await findNonFinite(() => sum(tensor([1, 2])))).toBeUndefined();
  });
});

describe('commitIf', () => {
  const step = (w: Variable, written: Variable) =>
    jit((x: Tensor) => {
      const loss = sum(log(mul(w.read(), x)));
      w.assign(add(w.read(), x));
      written.assign(x);
      commitIf(isFiniteValue(loss));
      return loss;
    });

  it('keeps all variables where the condition fails, and takes them where it holds', async () => {
    const [w, written] = [new Variable(tensor([1, 1])), new Variable(tensor([7, 7]))];
    const run = step(w, written);
    expect(await run(tensor([-1, 1])).item()).toBeNaN();
    expect([...(await w.read().data()), ...(await written.read().data())]).toEqual([1, 1, 7, 7]);
    expect(await run(tensor([1, 1])).item()).toBe(0);
    expect([...(await w.read().data()), ...(await written.read().data())]).toEqual([2, 2, 1, 1]);
  });
});
