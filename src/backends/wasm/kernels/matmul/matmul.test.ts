import { describe, it } from 'vitest';
import { expectTunedKernel } from '../../../../../test/support/tuned-kernel.ts';
import { matmul } from '../../../../primitives/contraction/matmul.ts';

const SIZES: readonly (readonly [m: number, k: number, n: number])[] = [
  [1, 1, 1],
  [4, 8, 8],
  [7, 5, 3],
  [5, 13, 9],
  [13, 7, 12],
  [3, 300, 10],
  [130, 3, 17],
  [9, 530, 6],
  [150, 270, 21],
  [1, 40, 33],
  [1, 300, 21],
  [2, 530, 40],
  [4, 17, 10],
  [33, 40, 1],
];

describe('tuned matmul', () => {
  for (const [m, k, n] of SIZES) {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        const sides = `${transposeA ? 'Aᵀ' : 'A'} ${transposeB ? 'Bᵀ' : 'B'}`;
        it(`equals the reference for ${sides}, ${m} x ${k} x ${n}`, () => {
          const shapes = [transposeA ? [k, m] : [m, k], transposeB ? [n, k] : [k, n]];
          expectTunedKernel({ primitive: matmul.primitive, attrs: { transposeA, transposeB }, shapes });
        });
      }
    }
  }

  it('starts from a bias', () => {
    const attrs = { transposeA: false, transposeB: false };
    for (const n of [3, 10, 16, 21]) {
      const shapes = [
        [11, 300],
        [300, n],
      ];
      expectTunedKernel({ primitive: matmul.primitive, attrs, shapes, bias: [n] });
    }
  });

  it('multiplies the matrices of a batch', () => {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        for (const m of [7, 2]) {
          const shapes = [
            [2, 3, ...(transposeA ? [9, m] : [m, 9])],
            [2, 3, ...(transposeB ? [11, 9] : [9, 11])],
          ];
          expectTunedKernel({ primitive: matmul.primitive, attrs: { transposeA, transposeB }, shapes });
        }
      }
    }
  });
});
