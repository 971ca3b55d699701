import { describe, expect, it } from 'vitest';
import { expectEqual, waves } from '../../test/support/numbers.ts';
import {
  add,
  at,
  eye,
  grad,
  hessian,
  jacobian,
  jit,
  jvp,
  matmul,
  mul,
  prod,
  reshape,
  scan,
  sin,
  stack,
  sum,
  type Tensor,
  tanh,
  tensor,
  transpose,
  vjp,
  vmap,
  zeros,
} from '../index.ts';

const square = (x: Tensor) => mul(x, x);

const identity = (n: number) => eye(n, n, 'float64');

/** A matrix function with a curved Jacobian. */
const layer = (x: Tensor) => tanh(matmul(waves([4, 3], 5), x));

const STEP = 2 ** -17;

function expectNear(actual: Tensor, expected: Tensor): void {
  expect(actual.shape).toEqual(expected.shape);
  const wanted = expected.dataSync();
  actual.dataSync().forEach((value, i) => {
    expect(Math.abs(value - (wanted[i] ?? Number.NaN))).toBeLessThan(1e-8);
  });
}

describe('vjp', () => {
  it('gives the value, and a pullback that may be called again', () => {
    const x = waves([3]);
    const [y, pullback] = vjp(layer)(x);
    expectEqual(y, layer(x));
    expect(y.dataSync()).toHaveLength(4); // looked at before the pullback
    for (const v of [waves([4], 1), waves([4], 2)]) {
      expectEqual(pullback(v), grad((p: Tensor) => sum(mul(layer(p), v)))(x));
    }
  });

  it('follows structures and is compiled', () => {
    const f = ({ a, b }: { a: Tensor; b: Tensor }) => [mul(a, b), sin(a)] as const;
    const run = jit((a: Tensor, b: Tensor, v: Tensor) => vjp(f)({ a, b })[1]([v, v]));
    const [a, b, v] = [waves([2], 1), waves([2], 2), waves([2], 3)];
    const found = run(a, b, v);
    expectEqual(found.b, mul(a, v));
    expectEqual(found.a, grad((x: Tensor) => sum(mul(v, add(mul(x, b), sin(x)))))(a));
  });

  it('is zero for what a result does not depend on', () => {
    expectEqual(vjp((_: Tensor) => waves([2]))(waves([3]))[1](waves([2])), zeros([3], 'float64'));
  });

  it('says what is wrong', () => {
    const [, pullback] = vjp(layer)(waves([3]));
    expect(() => pullback(waves([3]))).toThrow('vjp, cotangent, leaf 0: expected shape [4], got shape [3]');
    expect(() => pullback(tensor([1, 2, 3, 4]))).toThrow(
      'vjp, cotangent, leaf 0: expected float64, got float32',
    );
    expect(() => pullback([waves([4])] as unknown as Tensor)).toThrow(
      'vjp, cotangent: expected the structure *, where * is a tensor, got [*]',
    );
    const integers = tensor(Int32Array.of(1, 2), [2]);
    expect(() => vjp(square)(integers)).toThrow(
      "vjp, first argument, leaf 0: expected a float tensor, got int32; convert with cast(x, 'float32')",
    );
    expect(() => vjp((_: Tensor) => integers)(waves([3]))).toThrow(
      'vjp, result, leaf 0: expected a float tensor',
    );
    expect(() => vjp((x: number) => tensor(x))(3)).toThrow(
      'vjp, first argument, leaf 0: expected a tensor, got number; wrap numbers with scalar(x)',
    );
  });
});

describe('jvp', () => {
  it('is the slope along a direction', () => {
    const [x, u] = [waves([3]), waves([3], 1)];
    const [y, along] = jvp(layer, [x], [u]);
    expectEqual(y, layer(x));
    const moved = (step: number) => layer(add(x, mul(u, step)));
    expectNear(along, mul(add(moved(STEP), mul(moved(-STEP), -1)), 1 / (2 * STEP)));
    expectEqual(along, matmul(jacobian(layer)(x), u));
  });

  it('takes several arguments and goes through itself', () => {
    const f = (a: Tensor, b: Tensor) => sum(mul(sin(a), b));
    const [a, b, u, v] = [waves([3]), waves([3], 1), waves([3], 2), waves([3], 3)];
    const slopes = [grad(f)(a, b), grad((q: Tensor, p: Tensor) => f(p, q))(b, a)] as const;
    expectEqual(jvp(f, [a, b], [u, v])[1], add(sum(mul(slopes[0], u)), sum(mul(slopes[1], v))));
    const first = (x: Tensor) => jvp(f, [x, b], [u, zeros([3], 'float64')])[1];
    const curvature = matmul(u, matmul(hessian(f)(a, b), u));
    expectEqual(jvp(first, [a], [u])[1], curvature);
    // forward over reverse: a product with the second derivatives
    expectEqual(jvp((x: Tensor) => grad(f)(x, b), [a], [u])[1], matmul(hessian(f)(a, b), u));
    expectEqual(grad(first)(a), matmul(hessian(f)(a, b), u));
  });

  it('goes through loops, batches and compilation', () => {
    const f = (x: Tensor) => scan((c: Tensor, y: Tensor) => [tanh(add(mul(c, c), y)), c], at(x, 0), x)[0];
    const [x, u] = [waves([2, 4]), waves([2, 4], 1)];
    const along = vmap((p: Tensor, q: Tensor) => jvp(f, [p], [q])[1]);
    const slopes = vmap(grad(f))(x);
    expectEqual(along(x, u), sum(mul(slopes, u), 1));
    expectEqual(jit(along)(x, u), along(x, u));
  });

  it('says what is wrong', () => {
    expect(() => jvp(layer, [waves([3])], [waves([2])])).toThrow(
      'jvp, tangents, leaf 0: expected shape [3], got shape [2]',
    );
    expect(() => jvp(layer, [waves([3])], [] as unknown as [Tensor])).toThrow(
      'jvp, tangents: expected the structure [*], where * is a tensor, got []',
    );
  });
});

describe('jacobian', () => {
  it('holds all derivatives: [...y, ...x]', () => {
    const x = waves([3]);
    const j = jacobian(layer)(x);
    expect(j.shape).toEqual([4, 3]);
    const columns = Array.from({ length: 3 }, (_, i) => jvp(layer, [x], [at(identity(3), i)])[1]);
    expectEqual(transpose(j), stack(columns));
    const matrixSquare = jacobian((a: Tensor) => matmul(a, a))(waves([2, 2]));
    expect(matrixSquare.shape).toEqual([2, 2, 2, 2]);
    expectEqual(jacobian((a: Tensor) => reshape(a, [4]))(waves([2, 2])), reshape(identity(4), [4, 2, 2]));
    expectEqual(jit(jacobian(layer))(x), j);
    expectEqual(at(vmap(jacobian(layer))(waves([2, 3])), 0), jacobian(layer)(at(waves([2, 3]), 0)));
  });

  it('follows structures, constants and empty results', () => {
    const f = (x: { a: Tensor; b: Tensor }) => [mul(x.a, sum(x.b)), waves([2])] as [Tensor, Tensor];
    const [first, second] = jacobian(f)({ a: waves([3]), b: waves([2], 1) });
    expect([first.a.shape, first.b.shape]).toEqual([
      [3, 3],
      [3, 2],
    ]);
    expectEqual(second.a, zeros([2, 3], 'float64'));
    expect(jacobian((x: Tensor) => x)(waves([0])).shape).toEqual([0, 0]);
    expect(() => jacobian(square)(tensor(Int32Array.of(1), [1]))).toThrow(
      "jacobian, first argument, leaf 0: expected a float tensor, got int32; convert with cast(x, 'float32')",
    );
  });
});

describe('hessian', () => {
  const f = (x: Tensor) => add(sum(mul(sin(x), square(x))), prod(x));

  it('is symmetric and the slope of the gradient', () => {
    const x = waves([4]);
    const h = hessian(f)(x);
    expectEqual(h, transpose(h));
    for (let i = 0; i < 4; i++) {
      const unit = at(identity(4), i);
      const moved = (step: number) => grad(f)(add(x, mul(unit, step)));
      expectNear(at(h, i), mul(add(moved(STEP), mul(moved(-STEP), -1)), 1 / (2 * STEP)));
    }
    expectEqual(jit(hessian(f))(x), h);
  });

  it('has the structure of the argument twice', () => {
    const g = ({ a, b }: { a: Tensor; b: Tensor }) => sum(mul(square(a), b));
    const h = hessian(g)({ a: waves([2]), b: waves([2], 1) });
    expectEqual(h.a.b, transpose(h.b.a));
    expectEqual(h.b.b, zeros([2, 2], 'float64'));
  });
});
