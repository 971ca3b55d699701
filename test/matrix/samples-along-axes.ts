import type { Node } from '../../src/graph/node.ts';
import { full } from '../../src/primitives/elementwise/arithmetic.ts';
import { maximum } from '../../src/primitives/elementwise/compare.ts';
import { cumsum, linearScan } from '../../src/primitives/reduction/cumulative.ts';
import { cumulativeArgmax } from '../../src/primitives/reduction/cumulative-argmax.ts';
import { sortOrder } from '../../src/primitives/reduction/sort-order.ts';
import { scatterMax } from '../../src/primitives/structure/scatter-max.ts';
import type { DType } from '../../src/util/dtypes.ts';
import { at } from '../../src/util/errors.ts';
import type { Shape } from '../../src/util/shapes.ts';
import { FLOATS, NUMBERS, type Sample, type SampleInput } from './sample.ts';

/** Shapes and axes: last, first and middle, one element, none. */
const LINES: readonly (readonly [Shape, number])[] = [
  [[9], 0],
  [[3, 6], 1],
  [[5, 7], 0],
  [[2, 4, 5], 1],
  [[3, 1], 1],
  [[2, 0], 1],
  [[0, 3], 0],
];

function alongAxes(
  dtypes: readonly DType[],
  inputs: (shape: Shape) => SampleInput[],
  apply: (nodes: readonly Node[], axis: number) => Node,
): Sample[] {
  return LINES.map(([shape, axis]) => ({
    label: `[${shape}] along ${axis}`,
    dtypes,
    inputs: inputs(shape),
    apply: (nodes) => apply(nodes, axis),
  }));
}

/** Numbers with ties, infinities and several NaN. */
const UNRULY = [3, NaN, -1, 3, Infinity, -0, 0, -Infinity, NaN, 2, 3];

function unruly(apply: (x: Node) => Node): Sample {
  return {
    label: 'ties and NaN',
    dtypes: FLOATS,
    inputs: [{ shape: [UNRULY.length], values: UNRULY }],
    withoutGradient: 'places have none',
    apply: ([x]) => apply(x as Node),
  };
}

/** Lengths around powers of two, where runs are of unequal length. */
const LENGTHS = [1, 2, 3, 8, 17, 100, 0];

const segments: SampleInput = { shape: [6], dtype: 'int32', values: [3, 0, 3, 1, -1, 5] };

/** Samples of what works along an axis in order. */
export const ALONG_AXES: Readonly<Record<string, readonly Sample[]>> = {
  cumsum: alongAxes(
    NUMBERS,
    (shape) => [{ shape }],
    (nodes, axis) => cumsum(at(nodes, 0), axis),
  ),
  linearScan: alongAxes(
    NUMBERS,
    (shape) => [{ shape }, { shape }],
    (nodes, axis) => linearScan(at(nodes, 0), at(nodes, 1), axis),
  ),
  cumulativeArgmax: [
    ...alongAxes(
      NUMBERS,
      (shape) => [{ shape }],
      (nodes, axis) => cumulativeArgmax(at(nodes, 0), axis),
    ),
    unruly((x) => cumulativeArgmax(x, 0)),
  ],
  sortOrder: [
    ...LENGTHS.map(
      (length): Sample => ({
        label: `[3,${length}]`,
        dtypes: NUMBERS,
        inputs: [{ shape: [3, length], low: -20, high: 20 }],
        apply: ([x]) => sortOrder(x as Node),
      }),
    ),
    unruly(sortOrder),
  ],
  scatterMax: [
    {
      label: 'rows',
      dtypes: NUMBERS,
      inputs: [segments, { shape: [6, 5] }],
      apply: ([indices, x], dtype) => {
        const rows = scatterMax(indices as Node, x as Node, 4);
        // a row without updates holds an infinity, which has no differences
        return dtype === 'float64' ? maximum(rows, full(rows, -100)) : rows;
      },
    },
    {
      label: 'with NaN',
      dtypes: FLOATS,
      inputs: [
        { ...segments, shape: [4], values: [0, 1, 0, 1] },
        { shape: [4], values: [NaN, 1, 2, NaN] },
      ],
      withoutGradient: 'NaN has no differences',
      apply: ([indices, x]) => scatterMax(indices as Node, x as Node, 2),
    },
  ],
};
