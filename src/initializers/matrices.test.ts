import { describe, expect, it } from 'vitest';
import { matmul } from '../ops/linalg/linalg.ts';
import { reshape, transpose } from '../ops/shape/shape.ts';
import { key } from '../random/keys.ts';
import { sizeOf } from '../util/shapes.ts';
import { identity, orthogonal } from './matrices.ts';

const context = { dtype: 'float32', key: key(3) } as const;

describe('orthogonal', () => {
  it.each([
    [[4, 4], 1],
    [[6, 3], 2],
    [[3, 12], 1],
    [[3, 3, 2, 5], 0.5],
  ] as const)('makes the rows or columns of %j orthonormal, times %d', async (shape, gain) => {
    const values = orthogonal({ gain }).sample(shape, context);
    expect(values.shape).toEqual(shape);
    const [rows, columns] = [sizeOf(shape.slice(0, -1)), shape[shape.length - 1] ?? 0];
    const matrix = reshape(values, [rows, columns]);
    const turned = transpose(matrix);
    const gram = rows < columns ? matmul(matrix, turned) : matmul(turned, matrix);
    const size = Math.min(rows, columns);
    [...(await gram.data())].forEach((value, i) => {
      expect(value).toBeCloseTo(i % (size + 1) === 0 ? gain ** 2 : 0, 5);
    });
  });

  it('draws the same for the same key, and evenly: signs are free', async () => {
    const draw = async (seed: number) => [
      ...(await orthogonal()
        .sample([3, 3], { dtype: 'float32', key: key(seed) })
        .data()),
    ];
    expect(await draw(1)).toEqual(await draw(1));
    const first = await Promise.all(
      Array.from({ length: 20 }, async (_, seed) => (await draw(seed))[0] ?? 0),
    );
    expect(new Set(first.map(Math.sign))).toEqual(new Set([-1, 1]));
  });

  it('wants a matrix', () => {
    expect(() => orthogonal().sample([3], context)).toThrow(
      'Orthogonal: expected at least two axes, got [3]',
    );
  });
});

describe('identity', () => {
  it('is one on the diagonal, times the gain', async () => {
    const values = identity({ gain: 2 }).sample([2, 3], context);
    expect(await values.array()).toEqual([
      [2, 0, 0],
      [0, 2, 0],
    ]);
    expect(() => identity().sample([2, 2, 2], context)).toThrow('Identity: expected two axes, got [2, 2, 2]');
  });
});
