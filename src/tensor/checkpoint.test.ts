import { describe, expect, it } from 'vitest';
import { expectEqual, waves } from '../../test/support/numbers.ts';
import { plan } from '../compiler/compile.ts';
import type { Node } from '../graph/node.ts';
import {
  add,
  checkpoint,
  grad,
  hessian,
  jit,
  jvp,
  matmul,
  mul,
  scan,
  sin,
  sum,
  type Tensor,
  tanh,
  tensor,
  Variable,
  vmap,
} from '../index.ts';
import { tracedInput } from './traced-input.ts';

type Block = (h: Tensor, w: Tensor) => Tensor;

const WIDTH = 32;
const DEPTH = 8;

/** Four layers. */
const block: Block = (h, w) => [1, 2, 3, 4].reduce((x, scale) => tanh(matmul(x, mul(w, scale))), h);

/** The gradient of a chain of blocks as a graph. */
function chainGradient(wrapped: Block): { inputs: Node[]; outputs: Node[] } {
  const x = tracedInput({ shape: [WIDTH, WIDTH], dtype: 'float32' });
  const weights = Array.from({ length: DEPTH }, () =>
    tracedInput({ shape: [WIDTH, WIDTH], dtype: 'float32' }),
  );
  const loss = (ws: Tensor[], start: Tensor) => sum(ws.reduce((h, w) => wrapped(h, w), start));
  const gradients = grad(loss)(weights, x);
  return { inputs: [...weights, x].map(({ node }) => node), outputs: gradients.map(({ node }) => node) };
}

function plannedBytes(graph: { inputs: Node[]; outputs: Node[] }): number {
  return plan(graph, [], () => undefined).places.sharedBytes;
}

function countProducts(graph: { inputs: Node[]; outputs: Node[] }): number {
  const { phases } = plan(graph, [], () => undefined);
  const kernels = phases.flatMap(({ regions }) => regions.flatMap((region) => region.kernels));
  return kernels.filter(({ name }) => name === 'matmul').length;
}

describe('checkpoint', () => {
  it('has the values and all derivatives of the function', () => {
    const f = (x: Tensor) => sum(mul(sin(x), tanh(mul(x, x))));
    const [x, u] = [waves([4]), waves([4], 1)];
    const g = checkpoint(f);
    expectEqual(g(x), f(x));
    expectEqual(grad(g)(x), grad(f)(x));
    expectEqual(hessian(g)(x), hessian(f)(x));
    expectEqual(jvp(g, [x], [u])[1], jvp(f, [x], [u])[1]);
    expectEqual(jit(grad(g))(x), grad(f)(x));
    expectEqual(vmap(grad(g))(waves([3, 4])), vmap(grad(f))(waves([3, 4])));
    expectEqual(grad(checkpoint(checkpoint(f)))(x), grad(f)(x));
    expectEqual(checkpoint(grad(g))(x), grad(f)(x));
  });

  it('takes structures, and lets gradients reach what the function takes from outside', () => {
    const w = waves([3]);
    const loss = (weights: Tensor) => {
      const inner = checkpoint(({ x, n }: { x: Tensor; n: number }) => [mul(tanh(mul(weights, x)), n), x]);
      return sum(inner({ x: waves([3], 1), n: 3 })[0] as Tensor);
    };
    const plain = (weights: Tensor) => sum(mul(tanh(mul(weights, waves([3], 1))), 3));
    expectEqual(grad(loss)(w), grad(plain)(w));
  });

  it('works as the step of a loop', () => {
    const step = (c: Tensor, x: Tensor): [Tensor, Tensor] => [tanh(add(mul(c, c), x)), sin(c)];
    const run = (body: typeof step) => (x: Tensor) => {
      const [last, all] = scan(body, sum(x), x);
      return add(last, sum(all));
    };
    expectEqual(grad(run(checkpoint(step)))(waves([5])), grad(run(step))(waves([5])));
  });

  it('assigns variables', () => {
    const seen = new Variable(tensor(0));
    const f = checkpoint((x: Tensor) => {
      seen.assign(add(seen.read(), sum(x)));
      return mul(x, 2);
    });
    expectEqual(f(tensor([1, 2])), tensor([2, 4]));
    expect(seen.read().itemSync()).toBe(3);
    jit(f)(tensor([1, 2]));
    expect(seen.read().itemSync()).toBe(6);
  });

  it('computes the inside twice and needs much less memory for a deep chain', () => {
    const [kept, again] = [chainGradient(block), chainGradient(checkpoint(block))];
    // the last layer of each block is not needed inside the block, so its product is not repeated
    expect(countProducts(again) - countProducts(kept)).toBeGreaterThanOrEqual(3 * (DEPTH - 1));
    expect(plannedBytes(again)).toBeLessThan(0.6 * plannedBytes(kept));
  });

  it('says what is wrong', () => {
    expect(() => checkpoint((x: Tensor) => tensor(x.itemSync()))(tensor(1))).toThrow('only traced');
    expect(() => checkpoint((_: Tensor) => 'x')(tensor(1))).toThrow(
      'checkpoint: expected a function that returns tensors, or arrays and objects of them, got string',
    );
  });
});
