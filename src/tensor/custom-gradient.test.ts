import { describe, expect, it } from 'vitest';
import { expectEqual, waves } from '../../test/support/numbers.ts';
import {
  add,
  checkpoint,
  clip,
  customGradient,
  exp,
  grad,
  hessian,
  jit,
  jvp,
  log,
  mul,
  scan,
  sigmoid,
  stopGradient,
  sum,
  type Tensor,
  tensor,
  Variable,
  vmap,
  zeros,
} from '../index.ts';

/** log(1 + e^x) with the gradient that neither overflows nor cancels. */
const softplus = customGradient(
  (x: Tensor) => log(add(exp(x), 1)),
  (v, { inputs: [x] }) => [mul(v, sigmoid(x))],
);
const plain = (x: Tensor) => log(add(exp(x), 1));
const total = (f: (x: Tensor) => Tensor) => (x: Tensor) => sum(f(x));

describe('customGradient', () => {
  it('has the values of the function and the gradient it is told', () => {
    const x = waves([4]);
    expectEqual(softplus(x), plain(x));
    expectEqual(grad(total(softplus))(x), sigmoid(x));
    expect(grad(softplus)(tensor(1000)).itemSync()).toBe(1);
    expect(grad(plain)(tensor(1000)).itemSync()).toBeNaN();
  });

  it('composes', () => {
    const [x, u] = [waves([4]), waves([4], 1)];
    expectEqual(hessian(total(softplus))(x), hessian(total(plain))(x));
    expectEqual(jvp(softplus, [x], [u])[1], jvp(plain, [x], [u])[1]);
    expectEqual(jit(grad(total(softplus)))(x), sigmoid(x));
    expectEqual(vmap(softplus)(x), plain(x));
    expectEqual(vmap(grad(softplus))(x), sigmoid(x));
    expectEqual(grad(total(vmap(softplus)))(x), sigmoid(x));
    expectEqual(grad(total(checkpoint(softplus)))(x), sigmoid(x));
    const walk = (f: (x: Tensor) => Tensor) => (y: Tensor) =>
      scan((c: Tensor, z: Tensor) => [f(add(c, z)), c], sum(y), y)[0];
    expectEqual(grad(walk(softplus))(x), grad(walk(plain))(x));
  });

  it('is believed, whatever it says', () => {
    const reversed = customGradient(
      (x: Tensor) => x,
      (v) => [mul(v, -1)],
    );
    expectEqual(grad(total(reversed))(tensor([1, 2])), tensor([-1, -1]));
    const straightThrough = customGradient(
      (x: Tensor, limit: number) => clip(x, -limit, limit),
      (v) => [v, null],
    );
    expectEqual(grad(sum3(straightThrough))(tensor([1, 9])), tensor([1, 1]));
  });

  it('sees inputs and outputs in their structures, and tensors from outside', () => {
    const outside = waves([2], 7);
    const f = customGradient(
      ({ a, b }: { a: Tensor; b: Tensor }, k: Tensor) => ({ y: mul(mul(a, b), mul(k, outside)), z: a }),
      (v, { inputs: [{ a }, k], output }) => [{ a: add(v.y, output.z), b: mul(a, outside) }, mul(v.z, k)],
    );
    const [a, b, k] = [waves([2], 1), waves([2], 2), waves([2], 3)];
    const loss = (args: { a: Tensor; b: Tensor; k: Tensor }) => {
      const { y, z } = f({ a: args.a, b: args.b }, args.k);
      return add(sum(mul(y, 2)), sum(mul(z, 3)));
    };
    const found = grad(loss)({ a, b, k });
    expectEqual(found.a, add(a, 2));
    expectEqual(found.b, mul(a, outside));
    expectEqual(found.k, mul(k, 3));
    const through = (w: Tensor) =>
      sum(
        customGradient(
          (x: Tensor) => mul(x, w),
          (v) => [v],
        )(a),
      );
    expectEqual(grad(through)(b), zeros([2], 'float64'));
  });

  it('says what is wrong', () => {
    const run = (backward: (v: Tensor) => readonly unknown[]) =>
      customGradient((x: Tensor) => x, backward as (v: Tensor) => [Tensor])(waves([2]));
    expect(() => run((v) => [v, v])).toThrow(
      'customGradient, backward: expected an array of 1 gradients or null, got 2',
    );
    expect(() => run((v) => v as unknown as [Tensor])).toThrow(
      'expected an array of 1 gradients or null, got object',
    );
    expect(() => run((v) => [sum(v)])).toThrow(
      'customGradient, backward, argument 0: expected shape [2], got shape []',
    );
    expect(() => run(() => [3])).toThrow(
      'customGradient, backward, argument 0: expected a gradient tensor or null, got number',
    );
    expect(() => run((v) => [[v, v]])).toThrow(
      'customGradient, backward: expected 1 tensors or null for argument 0, got 2',
    );
    const count = new Variable(tensor(0), { name: 'count' });
    const assigns = customGradient(
      (x: Tensor) => {
        count.assign(sum(x));
        return x;
      },
      (v) => [v],
    );
    expect(() => assigns(tensor([1]))).toThrow(
      'customGradient: expected functions that assign no variables, got an assignment to count',
    );
    const integer = customGradient(
      (_: Tensor) => tensor(Int32Array.of(1), [1]),
      (v) => [v],
    );
    expect(() => integer(tensor([1]))).toThrow('customGradient: expected float results, got int32');
  });
});

const sum3 = (f: (x: Tensor, limit: number) => Tensor) => (x: Tensor) => sum(f(x, 3));

describe('stopGradient', () => {
  it('stops all derivatives', () => {
    const f = (x: Tensor) => sum(mul(x, stopGradient(x)));
    const x = waves([3]);
    expectEqual(grad(f)(x), x);
    expectEqual(jvp(f, [x], [x])[1], sum(mul(x, x)));
    expectEqual(vmap(grad((y: Tensor) => mul(y, stopGradient(y))))(x), x);
    expectEqual(hessian(f)(x), zeros([3, 3], 'float64'));
  });
});
