import { describe, expect, it } from 'vitest';
import { add, mul, neg, sub } from '../primitives/elementwise/arithmetic.ts';
import { tanh } from '../primitives/elementwise/exponential.ts';
import { constant } from '../primitives/leaf.ts';
import { sum } from '../primitives/reduction/reduce.ts';
import { broadcastTo } from '../primitives/structure/views.ts';
import { grad } from './gradient.ts';
import { jit } from './jit.ts';
import { fromHost, Tensor } from './tensor.ts';
import { Variable } from './variable.ts';

const vector = (...values: number[]) => fromHost(Float64Array.from(values), [values.length], 'float64');
const total = (x: Tensor) => new Tensor(sum(x.node, [0]));

describe('grad', () => {
  it('differentiates, again and again', async () => {
    const cube = (x: Tensor) => total(new Tensor(mul(x.node, mul(x.node, x.node))));
    const x = vector(1, 2, -3);
    expect([...(await grad(cube)(x).data())]).toEqual([3, 12, 27]);
    const second = grad((y: Tensor) => total(grad(cube)(y)));
    expect([...(await second(x).data())]).toEqual([6, 12, -18]);
    const third = grad((y: Tensor) => total(second(y)));
    expect([...(await third(x).data())]).toEqual([6, 6, 6]);
  });

  it('tells apart values that were made alike and looked at', async () => {
    const splat = (value: number) => new Tensor(broadcastTo(constant(value, 'float64'), [2]));
    const [zero, one] = [splat(0), splat(1)];
    await Promise.all([zero.data(), one.data()]);
    const scaled = (x: Tensor) => total(new Tensor(mul(sub(x.node, zero.node), one.node)));
    expect([...(await grad(scaled)(vector(3, 4)).data())]).toEqual([1, 1]);
  });

  it('keeps the gradient of values that were looked at', async () => {
    const x = vector(0.5);
    const slope = grad((y: Tensor) => {
      const t = new Tensor(tanh(y.node));
      expect(t.dataSync()[0]).toBeCloseTo(Math.tanh(0.5), 12);
      return total(t);
    })(x);
    expect((await slope.data())[0]).toBeCloseTo(1 - Math.tanh(0.5) ** 2, 12);
  });

  it('says what is wrong with a result that is no scalar', () => {
    expect(() => grad((x: Tensor) => x)(vector(1, 2))).toThrow(
      'grad: expected a function that returns a scalar, got shape [2]',
    );
  });
});

describe('jit', () => {
  it('runs a traced step on variables', async () => {
    const w = new Variable(vector(1, 2));
    const step = jit((x: Tensor, rate: number | Tensor) => {
      void rate;
      w.assign(new Tensor(sub(w.read().node, x.node)));
      return new Tensor(add(w.read().node, x.node));
    });
    expect([...(await step(vector(1, 1), 1).data())]).toEqual([1, 2]);
    expect([...(await step(vector(1, 1), 2).data())]).toEqual([0, 1]);
    expect([...(await w.read().data())]).toEqual([-1, 0]);
  });

  it('takes tensors from outside as values, whatever else happens to them', async () => {
    const outside = vector(10, 20);
    const f = jit((x: Tensor) => new Tensor(add(x.node, outside.node)));
    expect([...(await f(vector(1, 2)).data())]).toEqual([11, 22]);
    expect([...(await f(vector(3, 4)).data())]).toEqual([13, 24]);
  });

  it('tells apart constants that JSON does not', async () => {
    for (const value of [Infinity, -Infinity, NaN, 0, -0]) {
      expect(await new Tensor(neg(constant(value, 'float64'))).data()).toEqual(Float64Array.of(-value));
    }
  });
});
