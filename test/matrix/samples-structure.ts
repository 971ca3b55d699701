import type { Node } from '../../src/graph/node.ts';
import { conv, convInputGradient, convKernelGradient } from '../../src/primitives/contraction/conv.ts';
import type { ConvAttrs } from '../../src/primitives/contraction/conv-shape.ts';
import { matmul } from '../../src/primitives/contraction/matmul.ts';
import { poolScatter, poolSelect } from '../../src/primitives/contraction/pool-select.ts';
import { poolSpread, poolSum } from '../../src/primitives/contraction/pool-sum.ts';
import type { PoolAttrs } from '../../src/primitives/contraction/pool-windows.ts';
import { mul } from '../../src/primitives/elementwise/arithmetic.ts';
import { alias, constant, stopGradient } from '../../src/primitives/leaf.ts';
import { prod, reduceMax, reduceMin, sum } from '../../src/primitives/reduction/reduce.ts';
import { restart } from '../../src/primitives/restart.ts';
import { concat } from '../../src/primitives/structure/concat.ts';
import { pad } from '../../src/primitives/structure/pad.ts';
import { scatterAdd, take } from '../../src/primitives/structure/take.ts';
import { broadcastTo, flip, reshape, slice, transpose } from '../../src/primitives/structure/views.ts';
import type { DType } from '../../src/util/dtypes.ts';
import { at } from '../../src/util/errors.ts';
import type { Shape } from '../../src/util/shapes.ts';
import { ALL, FLOATS, NUMBERS, type Sample, type SampleInput } from './sample.ts';

type Apply = (...inputs: Node[]) => Node;

function sample(
  label: string,
  dtypes: readonly DType[],
  inputs: readonly (Shape | SampleInput)[],
  apply: Apply,
): Sample {
  const specs = inputs.map((spec): SampleInput => ('shape' in spec ? spec : { shape: spec }));
  return { label, dtypes, inputs: specs, apply: (nodes) => apply(...nodes) };
}

function reduction(
  apply: (x: Node, axes: readonly number[]) => Node,
  range: Partial<SampleInput> = {},
): Sample[] {
  const over = (shape: Shape, axes: readonly number[]) =>
    sample(`[${shape}] over ${axes}`, NUMBERS, [{ shape, ...range }], (x) => apply(x, axes));
  return [
    over([7], [0]),
    over([3, 4, 5], [2]),
    over([3, 4, 5], [0]),
    over([3, 4, 5], [0, 2]),
    over([3, 4, 5], [0, 1, 2]),
    over([2, 1, 3], [1]),
  ];
}

function products(): Sample[] {
  const product = (a: Shape, b: Shape, transposeA: boolean, transposeB: boolean) =>
    sample(
      `${transposeA ? 'T' : ''}[${a}] x ${transposeB ? 'T' : ''}[${b}]`,
      [...FLOATS, 'int32'],
      [a, b],
      (x, y) => matmul(x, y, transposeA, transposeB),
    );
  return [
    product([3, 4], [4, 5], false, false),
    product([4, 3], [4, 5], true, false),
    product([3, 4], [5, 4], false, true),
    product([2, 4, 3], [2, 5, 4], true, true),
    product([1, 1], [1, 1], false, false),
    product([2, 0], [0, 3], false, false),
    product([17, 33], [33, 19], false, false),
  ];
}

interface Convolution {
  readonly label: string;
  readonly x: Shape;
  readonly kernel: Shape;
  readonly y: Shape;
  readonly attrs: ConvAttrs;
}

const CONVOLUTIONS: readonly Convolution[] = [
  {
    label: '1d',
    x: [2, 6, 3],
    kernel: [3, 3, 2],
    y: [2, 4, 2],
    attrs: { strides: [1], padding: [[0, 0]], dilation: [1], groups: 1 },
  },
  {
    label: '2d padded, strided',
    x: [2, 5, 4, 2],
    kernel: [3, 2, 2, 4],
    y: [2, 3, 4, 4],
    attrs: {
      strides: [2, 1],
      padding: [
        [1, 1],
        [0, 1],
      ],
      dilation: [1, 1],
      groups: 1,
    },
  },
  {
    label: '2d dilated, grouped',
    x: [1, 5, 5, 4],
    kernel: [2, 2, 2, 4],
    y: [1, 3, 3, 4],
    attrs: {
      strides: [1, 1],
      padding: [
        [0, 0],
        [0, 0],
      ],
      dilation: [2, 2],
      groups: 2,
    },
  },
  {
    label: '3d',
    x: [1, 3, 3, 3, 1],
    kernel: [2, 2, 2, 1, 2],
    y: [1, 2, 2, 2, 2],
    attrs: {
      strides: [1, 1, 1],
      padding: [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
      dilation: [1, 1, 1],
      groups: 1,
    },
  },
];

const convolutions = (
  inputs: (c: Convolution) => [Shape, Shape],
  apply: (a: Node, b: Node, c: Convolution) => Node,
) => CONVOLUTIONS.map((c) => sample(c.label, FLOATS, inputs(c), (a, b) => apply(a as Node, b as Node, c)));

interface Pooling {
  readonly label: string;
  readonly x: Shape;
  readonly y: Shape;
  readonly attrs: PoolAttrs;
}

const POOLINGS: readonly Pooling[] = [
  { label: '1d', x: [2, 6, 3], y: [2, 3, 3], attrs: { window: [2], strides: [2], padding: [[0, 0]] } },
  {
    label: '2d overlapping, padded',
    x: [2, 5, 4, 2],
    y: [2, 3, 4, 2],
    attrs: {
      window: [3, 2],
      strides: [2, 1],
      padding: [
        [1, 1],
        [0, 1],
      ],
    },
  },
];

const poolings = (
  inputs: (p: Pooling) => SampleInput[],
  apply: (nodes: readonly Node[], p: Pooling) => Node,
) =>
  POOLINGS.map(
    (p): Sample => ({ label: p.label, dtypes: FLOATS, inputs: inputs(p), apply: (nodes) => apply(nodes, p) }),
  );

const indices: SampleInput = { shape: [2, 3], dtype: 'int32', values: [4, 0, 4, 2, -1, 7] };

/** Samples of everything that moves, folds or multiplies whole arrays. */
export const STRUCTURE: Readonly<Record<string, readonly Sample[]>> = {
  input: [sample('[2,3]', ALL, [[2, 3]], (x) => x as Node)],
  constant: [
    {
      label: 'float',
      dtypes: FLOATS,
      inputs: [[2]].map((shape) => ({ shape })),
      apply: ([x], dtype) => mul(x as Node, broadcastTo(constant(2.5, dtype), [2])),
    },
    ...[Infinity, -Infinity, NaN, -0, 1e-40].map(
      (value): Sample => ({
        label: `${value}`,
        dtypes: FLOATS,
        inputs: [],
        apply: (_, dtype) => constant(value, dtype),
      }),
    ),
  ],
  alias: [sample('[2,3]', ALL, [[2, 3]], alias as Apply)],
  stopGradient: [
    { ...sample('[2,3]', ALL, [[2, 3]], stopGradient as Apply), withoutGradient: 'it stops the gradient' },
  ],
  restart: [
    sample('[2,3]', ALL, [[2, 3], { shape: [2, 3], dtype: 'float64', constant: true }], (x, after) =>
      restart(x as Node, after as Node),
    ),
  ],
  reshape: [
    sample('[2,6] to [3,4]', ALL, [[2, 6]], (x) => reshape(x as Node, [3, 4])),
    sample('[1,1] to []', ALL, [[1, 1]], (x) => reshape(x as Node, [])),
    sample('[0,2] to [3,0]', ALL, [[0, 2]], (x) => reshape(x as Node, [3, 0])),
  ],
  transpose: [
    sample('[2,3]', ALL, [[2, 3]], (x) => transpose(x as Node, [1, 0])),
    sample('[2,3,4]', ALL, [[2, 3, 4]], (x) => transpose(x as Node, [2, 0, 1])),
  ],
  broadcastTo: [
    sample('[3,1] to [2,3,4]', ALL, [[3, 1]], (x) => broadcastTo(x as Node, [2, 3, 4])),
    sample('[] to [5]', ALL, [[]], (x) => broadcastTo(x as Node, [5])),
    sample('[1] to [0]', ALL, [[1]], (x) => broadcastTo(x as Node, [0])),
  ],
  slice: [
    sample('with steps', ALL, [[5, 7]], (x) =>
      slice(x as Node, { start: [1, 0], step: [1, 3], shape: [3, 3] }),
    ),
    sample('to nothing', ALL, [[5]], (x) => slice(x as Node, { start: [5], step: [1], shape: [0] })),
  ],
  flip: [
    sample('first axis', ALL, [[3, 4]], (x) => flip(x as Node, [0])),
    sample('both axes', ALL, [[3, 4]], (x) => flip(x as Node, [0, 1])),
    sample('nothing', ALL, [[0, 4]], (x) => flip(x as Node, [0])),
  ],
  pad: [
    sample('around', ALL, [[2, 3]], (x) => pad(x as Node, { low: [1, 0], high: [0, 2], interior: [0, 0] })),
    sample('between', ALL, [[2, 3]], (x) => pad(x as Node, { low: [0, 1], high: [0, 0], interior: [2, 1] })),
    sample('nothing', ALL, [[0]], (x) => pad(x as Node, { low: [2], high: [1], interior: [0] })),
  ],
  concat: [
    sample(
      'first axis',
      ALL,
      [
        [2, 3],
        [1, 3],
      ],
      (a, b) => concat([a as Node, b as Node], 0),
    ),
    sample(
      'last axis of three',
      ALL,
      [
        [2, 3],
        [2, 1],
        [2, 0],
      ],
      (...nodes) => concat(nodes, 1),
    ),
  ],
  take: [
    sample('rows', ALL, [[5, 3], { ...indices, values: [4, 0, 4, 2, 1, 3] }], (x, i) =>
      take(x as Node, i as Node),
    ),
    {
      ...sample('outside', ALL, [[5], indices], (x, i) => take(x as Node, i as Node)),
      withoutGradient: 'NaN outside',
    },
  ],
  scatterAdd: [sample('rows', NUMBERS, [indices, [2, 3, 2]], (i, x) => scatterAdd(i as Node, x as Node, 5))],
  sum: reduction(sum),
  reduceMax: reduction(reduceMax),
  reduceMin: reduction(reduceMin),
  prod: reduction(prod, { low: 0.7, high: 1.4 }),
  matmul: products(),
  conv: convolutions(
    ({ x, kernel }) => [x, kernel],
    (x, kernel, { attrs }) => conv(x, kernel, attrs),
  ),
  convInputGradient: convolutions(
    ({ y, kernel }) => [y, kernel],
    (y, kernel, { attrs, x }) => convInputGradient(y, kernel, { ...attrs, inputShape: x }),
  ),
  convKernelGradient: convolutions(
    ({ x, y }) => [x, y],
    (x, y, { attrs, kernel }) => convKernelGradient(x, y, { ...attrs, kernelShape: kernel }),
  ),
  poolSelect: poolings(
    ({ x }) => [{ shape: x, constant: true }, { shape: x }],
    (nodes, { attrs }) => poolSelect(at(nodes, 0), at(nodes, 1), attrs),
  ),
  poolScatter: poolings(
    ({ x, y }) => [{ shape: x, constant: true }, { shape: y }],
    (nodes, { attrs }) => poolScatter(at(nodes, 0), at(nodes, 1), attrs),
  ),
  poolSum: poolings(
    ({ x }) => [{ shape: x }],
    (nodes, { attrs }) => poolSum(at(nodes, 0), attrs),
  ),
  poolSpread: poolings(
    ({ y }) => [{ shape: y }],
    (nodes, { attrs, x }) => poolSpread(at(nodes, 0), { ...attrs, inputShape: x }),
  ),
};
