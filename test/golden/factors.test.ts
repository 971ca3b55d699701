import * as antler from 'antler';
import { beforeAll, describe, expect, it } from 'vitest';
import { goldenTensor } from '../support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../support/golden.ts';
import { expectEqual } from '../support/numbers.ts';

interface Case {
  readonly op: 'eigh' | 'svd';
  readonly args: readonly { readonly array: GoldenArray }[];
  readonly expected: readonly GoldenArray[];
}

const { abs, eigh, expandDims, matmul, matrixTranspose, mul, svd } = antler;

/** Factors in the order of NumPy, and their product. */
function factorsOf(op: Case['op'], x: antler.Tensor): { parts: antler.Tensor[]; product: antler.Tensor } {
  if (op === 'eigh') {
    const { values, vectors } = eigh(x);
    const product = matmul(mul(vectors, expandDims(values, -2)), matrixTranspose(vectors));
    return { parts: [values, vectors], product };
  }
  const { u, s, vh } = svd(x);
  return { parts: [u, s, vh], product: matmul(mul(u, expandDims(s, -2)), vh) };
}

describe.each(['reference', 'wasm'] as const)('factors on %s', (backend) => {
  beforeAll(() => {
    antler.setBackend(backend);
  });

  it.each(readGolden<Case[]>('ops/factors.json').map((golden, i) => [`${golden.op} ${i}`, golden] as const))(
    '%s are those of NumPy up to the signs of vectors, and multiply to the matrix',
    (_title, { op, args, expected }) => {
      const x = goldenTensor(args[0]?.array as GoldenArray);
      const { parts, product } = factorsOf(op, x);
      expect(parts.length).toBe(expected.length);
      expected.forEach((want, i) => {
        expectEqual(abs(parts[i] as antler.Tensor), abs(goldenTensor(want)));
      });
      expectEqual(product, x);
    },
  );
});
