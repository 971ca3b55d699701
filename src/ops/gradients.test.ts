import { describe, expect, it } from 'vitest';
import { grad } from '../tensor/gradient.ts';
import { hessian } from '../tensor/jacobian.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { ones, tensor } from './create.ts';
import { at } from './index/indexing.ts';
import { take } from './index/take.ts';
import { einsum } from './linalg/einsum.ts';
import { matmul } from './linalg/linalg.ts';
import { add, cast, clip, mod, mul, pow, sub } from './math/arithmetic.ts';
import { exp } from './math/math.ts';
import { erfInv } from './math/special.ts';
import { conv2d } from './nn/conv.ts';
import { elu, logSoftmax, softmax, softplus } from './nn/nn.ts';
import { avgPool2d, maxPool2d } from './nn/pool.ts';
import { logsumexp, max, norm, prod, std, stopGradient, sum } from './reduce/reduce.ts';
import { concat, flip, transpose } from './shape/shape.ts';
import { pad, tile } from './shape/tiling.ts';

const STEP = 1e-5;

/** Compares a gradient with central differences, element by element. */
function check(f: (x: Tensor) => Tensor, values: number[], shape: number[]): void {
  const total = jit((x: Tensor) => sum(mul(f(x), f(x))));
  const at = (data: number[]) => total(tensor(data, shape, 'float64')).itemSync();
  const slopes = grad((x: Tensor) => sum(mul(f(x), f(x))))(tensor(values, shape, 'float64')).dataSync();
  values.forEach((x, i) => {
    const difference = (at(values.with(i, x + STEP)) - at(values.with(i, x - STEP))) / (2 * STEP);
    expect(slopes[i]).toBeCloseTo(difference, 5);
  });
}

const six = [0.3, -1.2, 0.8, 1.7, -0.4, 2.1];

describe('gradients flow through composed ops', () => {
  it.each<[string, (x: Tensor) => Tensor]>([
    ['broadcasting', (x) => add(x, tensor([[1], [2]], 'float64'))],
    ['softmax', (x) => softmax(x)],
    ['logSoftmax', (x) => logSoftmax(x, 0)],
    ['logsumexp', (x) => logsumexp(x, 1)],
    ['std', (x) => std(x, 0)],
    ['norm', (x) => norm(x, { ord: 3 })],
    ['max', (x) => max(x, 1)],
    ['clip', (x) => clip(x, -1, 1)],
    ['mod', (x) => mod(x, 0.75)],
    ['pow', (x) => pow(x, 3)],
    ['elu', (x) => elu(x)],
    ['softplus', (x) => softplus(x)],
    ['erfInv', (x) => erfInv(mul(x, 0.4))],
    ['erfInv in single precision', (x) => erfInv(cast(mul(x, 0), 'float32'))],
    [
      'matmul',
      (x) =>
        matmul(
          x,
          tensor(
            [
              [1, 2],
              [3, -1],
              [0.5, 1],
            ],
            'float64',
          ),
        ),
    ],
    ['einsum', (x) => einsum('ij,kj->ik', x, x)],
    ['a diagonal', (x) => einsum('ii->i', matmul(x, transpose(flip(x, 0))))],
    ['indexing', (x) => at(x, -1, [null, null, -2])],
    ['taking a row twice', (x) => take(x, [1, 1, 0])],
    [
      'reflected padding',
      (x) =>
        pad(
          x,
          [
            [1, 0],
            [2, 1],
          ],
          { mode: 'reflect' },
        ),
    ],
    ['tiles', (x) => tile(x, [2, 2])],
    ['joining', (x) => concat([x, exp(x)], 1)],
  ])('%s', (_name, f) => {
    check(f, six, [2, 3]);
  });

  it('convolution and pooling', () => {
    const image = Array.from({ length: 32 }, (_, i) => Math.sin(i * 1.7) + i / 50);
    const kernel = tensor(
      Array.from({ length: 24 }, (_, i) => Math.cos(i)),
      [2, 2, 2, 3],
      'float64',
    );
    check((x) => conv2d(x, kernel, { padding: 'same', strides: [2, 1] }), image, [1, 4, 4, 2]);
    check((x) => maxPool2d(x, { poolSize: 2 }), image, [1, 4, 4, 2]);
    check((x) => avgPool2d(x, { poolSize: 3, strides: 2, padding: 'same' }), image, [1, 4, 4, 2]);
  });

  it('a product with factors of 0, to the second order', () => {
    const slopes = grad((x: Tensor) => sum(mul(prod(x, -1), [1, 10])))(
      tensor([
        [0, 2, 3],
        [0, 0, 5],
      ]),
    );
    expect(slopes.arraySync()).toEqual([
      [6, 0, 0],
      [0, 0, 0],
    ]);
    const bend = hessian((x: Tensor) => prod(x))(tensor([0, 2, 3]));
    expect((bend as Tensor).arraySync()).toEqual([
      [0, 3, 2],
      [3, 0, 0],
      [2, 0, 0],
    ]);
  });

  it('stops where it is told to', () => {
    const slope = grad((x: Tensor) => sum(mul(x, stopGradient(sub(x, 1)))))(ones([2]));
    expect(slope.dataSync()).toEqual(Float32Array.of(0, 0));
  });
});
