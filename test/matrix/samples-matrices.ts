import type { Node } from '../../src/graph/node.ts';
import { cholesky } from '../../src/primitives/decomposition/cholesky.ts';
import { eigh } from '../../src/primitives/decomposition/eigh.ts';
import { lu } from '../../src/primitives/decomposition/lu.ts';
import {
  diagonalPart,
  identityLike,
  productTransposed,
  symmetricPart,
} from '../../src/primitives/decomposition/matrix-parts.ts';
import { qr } from '../../src/primitives/decomposition/qr.ts';
import { svd } from '../../src/primitives/decomposition/svd.ts';
import { solveLower } from '../../src/primitives/decomposition/triangular.ts';
import { add, cast, full, mul } from '../../src/primitives/elementwise/arithmetic.ts';
import { iota } from '../../src/primitives/random.ts';
import { broadcastTo } from '../../src/primitives/structure/views.ts';
import { at } from '../../src/util/errors.ts';
import type { Shape } from '../../src/util/shapes.ts';
import { FLOATS, type Sample, type SampleInput } from './sample.ts';

function matrices(
  shapes: readonly Shape[],
  apply: (x: Node) => Node,
  range: Partial<SampleInput> = {},
): Sample[] {
  return shapes.map((shape) => ({
    label: `[${shape}]`,
    dtypes: FLOATS,
    inputs: [{ shape, ...range }],
    apply: ([x]) => apply(x as Node),
  }));
}

const SQUARES: readonly Shape[] = [
  [4, 4],
  [3, 5, 5],
  [1, 1],
  [0, 3, 3],
  [2, 0, 0],
];

const TALL: readonly Shape[] = [
  [5, 3],
  [2, 4, 4],
  [1, 1],
  [3, 0],
  [0, 3, 2],
];

/** x with 6, 10, 14, ... added to its diagonal: far from singular, with distinct eigenvalues and singular values. */
function separated(x: Node): Node {
  const columns = cast(iota(at(x.shape, -1)), x.dtype);
  const steps = broadcastTo(add(mul(columns, full(columns, 4)), full(columns, 6)), x.shape);
  return add(x, diagonalPart(steps));
}

/** Samples of decompositions. */
export const MATRICES: Readonly<Record<string, readonly Sample[]>> = {
  solveLower: (
    [
      [
        [4, 4],
        [4, 3],
      ],
      [
        [2, 5, 5],
        [2, 5, 8],
      ],
      [
        [1, 1],
        [1, 1],
      ],
      [
        [3, 3],
        [3, 0],
      ],
    ] as const
  ).map(
    ([a, b]): Sample => ({
      label: `[${a}] and [${b}]`,
      dtypes: FLOATS,
      inputs: [{ shape: a }, { shape: b }],
      apply: ([x, y]) => solveLower(separated(x as Node), y as Node),
    }),
  ),
  cholesky: matrices(SQUARES, (x) => cholesky(add(productTransposed(x, x), identityLike(x)))),
  lu: [
    ...matrices(SQUARES, (x) => lu(separated(x))),
    // rows that must be exchanged
    ...matrices([[2, 4, 4]], lu, {
      values: [
        0, 1, 2, 0, 3, 1, 0, 1, 1, 4, 1, 0, 0, 1, 5, 1, 1, 2, 0, 1, 3, 1, 0, 2, 0, 1, 4, 2, 6, 1, 1, 0,
      ],
    }),
    {
      ...(matrices([[3, 3]], lu, { values: [1, 2, 3, 2, 4, 6, 1, 0, 1] })[0] as Sample),
      label: 'singular',
      withoutGradient: 'a singular matrix has none',
    },
  ],
  qr: [
    ...matrices(TALL, (x) => qr(separated(x))),
    {
      ...(matrices([[3, 2]], qr, { values: [0, 1, 0, 2, 0, 2] })[0] as Sample),
      label: 'a column of zeros',
      withoutGradient: 'dependent columns have none',
    },
  ],
  eigh: [
    ...matrices(SQUARES, (x) => eigh(symmetricPart(separated(x)))),
    {
      ...(matrices([[3, 3]], eigh, { values: [2, 9, 9, 0, 2, 9, 0, 0, 1] })[0] as Sample),
      label: 'equal eigenvalues',
      withoutGradient: 'vectors of equal eigenvalues have none',
    },
  ],
  svd: [
    ...matrices(TALL, (x) => svd(separated(x))),
    {
      ...(matrices([[3, 2]], svd, { values: [0, 1, 0, 2, 0, 2] })[0] as Sample),
      label: 'a singular value of 0',
      withoutGradient: 'its vectors have none',
    },
  ],
};
