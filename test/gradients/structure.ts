import * as a from '../../src/index.ts';
import type { GradientCase } from './case.ts';

type Shape = readonly number[];
type Apply = (...inputs: a.Tensor[]) => a.Tensor;

function use(name: string, shapes: readonly Shape[], apply: Apply): GradientCase {
  return { name: `${name} [${shapes.join('] [')}]`, shapes, apply: apply as GradientCase['apply'] };
}

const ROWS = a.tensor(Int32Array.of(2, 0, 2), [3]);
const PLACES = a.tensor(Int32Array.of(1, 0, 2, 1, 0, 0), [2, 3]);

/** Far from singular, with distinct eigenvalues and singular values. */
const steep = (x: a.Tensor) => a.add(x, a.diag([6, 10, 15].slice(0, x.shape.at(-1))));
const positive = (x: a.Tensor) => a.add(a.matmul(x, a.matrixTranspose(x)), a.diag([3, 6, 10]));

const MOVES: readonly GradientCase[] = [
  use('reshape', [[2, 6]], (x) => a.reshape(x, [3, -1])),
  use('flatten', [[2, 3, 2]], a.flatten),
  use('transpose', [[2, 3, 2]], (x) => a.transpose(x, [-1, 0, 1])),
  use('swapaxes', [[2, 3, 2]], (x) => a.swapaxes(x, 0, -1)),
  use('moveaxis', [[2, 3, 2]], (x) => a.moveaxis(x, 0, -1)),
  use('expandDims', [[2, 3]], (x) => a.expandDims(x, -2)),
  use('squeeze', [[2, 1, 3]], (x) => a.squeeze(x, -2)),
  use('broadcastTo', [[3, 1]], (x) => a.broadcastTo(x, [2, 3, 4])),
  use('broadcastArrays', [[2, 1], [3]], (x, y) =>
    a.mul(...(a.broadcastArrays(x, y) as [a.Tensor, a.Tensor])),
  ),
  use(
    'concat',
    [
      [2, 3],
      [2, 1],
    ],
    (x, y) => a.concat([x, a.sin(y), x], -1),
  ),
  use(
    'stack',
    [
      [2, 3],
      [2, 3],
    ],
    (x, y) => a.stack([x, y, x], -1),
  ),
  use('split', [[2, 6]], (x) => a.mul(...(a.split(x, 2, -1) as [a.Tensor, a.Tensor]))),
  use('unstack', [[3, 2]], (x) => a.unstack(x)[1] as a.Tensor),
  use('slice', [[3, 5]], (x) => a.slice(x, [1, -3], [2, 2])),
  use(
    'sliceUpdate',
    [
      [3, 4],
      [2, 2],
    ],
    (x, y) => a.sliceUpdate(x, [1, -2], y),
  ),
  use('at', [[4, 5]], (x) => a.at(x, [null, null, -2], 1)),
  use('tile', [[2, 3]], (x) => a.tile(x, [2, 1, 2])),
  ...(['constant', 'edge', 'reflect', 'symmetric'] as const).map((mode) =>
    use(`pad ${mode}`, [[3, 4]], (x) =>
      a.pad(
        x,
        [
          [1, 2],
          [2, 0],
        ],
        { mode },
      ),
    ),
  ),
  use('take rows', [[3, 2]], (x) => a.take(x, ROWS)),
  use('takeAlongAxis', [[3, 3]], (x) => a.takeAlongAxis(x, PLACES, 0)),
  use(
    'putAlongAxis',
    [
      [3, 3],
      [2, 3],
    ],
    (x, y) => a.putAlongAxis(x, PLACES, y, 0, { mode: 'add' }),
  ),
  use('gatherNd', [[3, 4]], (x) => a.gatherNd(x, a.tensor(Int32Array.of(0, 1, 2, 3), [2, 2]))),
  use('scatter', [[3, 2]], (x) => a.scatter(a.tensor(Int32Array.of(1, 0, 1), [3, 1]), x, [2, 2])),
  use('segmentSum', [[3, 2]], (x) => a.segmentSum(x, ROWS, 3)),
  use('segmentMean', [[3, 2]], (x) => a.segmentMean(x, ROWS, 3)),
  use('segmentMax', [[3, 2]], (x) => a.nanToNum(a.segmentMax(x, ROWS, 3), { neginf: 0 })),
  use('topK', [[2, 5]], (x) => a.topK(x, 2).values),
  use('tril', [[3, 4]], (x) => a.tril(x, 1)),
  use('triu', [[3, 4]], (x) => a.triu(x, -1)),
  use('diag', [[3]], (x) => a.diag(x, 1)),
  use('diagonal', [[2, 3, 4]], (x) => a.diagonal(x, -1)),
  use('trace', [[2, 3, 3]], (x) => a.trace(x)),
  use(
    'scan',
    [[2], [4, 2]],
    (c, x) =>
      a.scan((carry: a.Tensor, step: a.Tensor) => [a.tanh(a.add(carry, step)), a.mul(carry, step)], c, x)[1],
  ),
  use('cond', [[3]], (x) => a.cond(a.greater(a.sum(x), -99), a.sin, a.cos, x)),
];

const PRODUCTS: readonly GradientCase[] = [
  use(
    'matmul',
    [
      [3, 4],
      [4, 2],
    ],
    a.matmul,
  ),
  use(
    'matmul',
    [
      [2, 1, 3, 2],
      [2, 2, 3],
    ],
    a.matmul,
  ),
  use('matmul', [[4], [4, 2]], a.matmul),
  use('matmul', [[3, 4], [4]], a.matmul),
  use(
    'matmul',
    [
      [3, 0],
      [0, 2],
    ],
    a.matmul,
  ),
  use(
    'matmul',
    [
      [1, 1],
      [1, 1],
    ],
    a.matmul,
  ),
  use('dot', [[2, 3], [3]], a.dot),
  use('outer', [[2], [3]], a.outer),
  use(
    'tensordot',
    [
      [2, 3, 4],
      [4, 3],
    ],
    (x, y) =>
      a.tensordot(x, y, [
        [-1, 1],
        [0, 1],
      ]),
  ),
  use(
    'einsum',
    [
      [2, 3, 4],
      [2, 4, 2],
    ],
    (x, y) => a.einsum('bij,bjk->bik', x, y),
  ),
  use('einsum', [[3, 3]], (x) => a.einsum('ii->i', x)),
  use('vecdot', [[2, 3], [3]], (x, y) => a.vecdot(x, y)),
  use('cross', [[2, 3], [3]], (x, y) => a.cross(x, y)),
  use('kron', [[2, 2], [3]], a.kron),
  use('matrixPower', [[3, 3]], (x) => a.matrixPower(x, 3)),
];

const WINDOWS: readonly GradientCase[] = [
  use(
    'conv1d causal',
    [
      [1, 5, 2],
      [3, 2, 2],
    ],
    (x, k) => a.conv1d(x, k, { padding: 'causal', dilationRate: 2 }),
  ),
  use(
    'conv2d same, strided',
    [
      [1, 5, 4, 2],
      [3, 2, 2, 2],
    ],
    (x, k) => a.conv2d(x, k, { padding: 'same', strides: [2, 1] }),
  ),
  use(
    'conv2d 3x3',
    [
      [1, 5, 6, 2],
      [3, 3, 2, 3],
    ],
    (x, k) => a.conv2d(x, k),
  ),
  use(
    'conv2d groups',
    [
      [1, 4, 4, 4],
      [2, 2, 2, 4],
    ],
    (x, k) => a.conv2d(x, k, { groups: 2 }),
  ),
  use(
    'conv3d',
    [
      [1, 3, 3, 2, 1],
      [2, 2, 2, 1, 2],
    ],
    (x, k) => a.conv3d(x, k),
  ),
  use(
    'convTranspose2d',
    [
      [1, 2, 3, 2],
      [2, 3, 2, 2],
    ],
    (x, k) => a.convTranspose2d(x, k, { strides: 2 }),
  ),
  use(
    'depthwiseConv2d',
    [
      [1, 4, 4, 2],
      [2, 2, 2, 2],
    ],
    (x, k) => a.depthwiseConv2d(x, k),
  ),
  use(
    'separableConv1d',
    [
      [1, 5, 2],
      [2, 2, 1],
      [1, 2, 3],
    ],
    (x, d, p) => a.separableConv1d(x, d, p),
  ),
  use('maxPool2d', [[1, 4, 5, 2]], (x) => a.maxPool2d(x, { poolSize: 2, padding: 'same' })),
  use('maxPool2d overlapping', [[1, 4, 5, 1]], (x) => a.maxPool2d(x, { poolSize: 3, strides: 1 })),
  use('avgPool1d', [[1, 5, 2]], (x) => a.avgPool1d(x, { poolSize: 2, padding: 'same' })),
  use('avgPool3d', [[1, 2, 2, 4, 1]], (x) => a.avgPool3d(x, { poolSize: 2 })),
  use('globalAvgPool', [[2, 3, 2]], a.globalAvgPool),
  use('globalMaxPool', [[2, 3, 2]], a.globalMaxPool),
  use('adaptiveAvgPool', [[1, 5, 3, 2]], (x) => a.adaptiveAvgPool(x, [2, 2])),
  use('adaptiveMaxPool', [[1, 5, 3, 2]], (x) => a.adaptiveMaxPool(x, [2, 2])),
  ...(['nearest', 'bilinear', 'bicubic', 'lanczos3'] as const).map((interpolation) =>
    use(`resize ${interpolation}`, [[1, 3, 4, 1]], (x) => a.resize(x, [5, 2], { interpolation })),
  ),
  use('extractPatches', [[1, 4, 4, 1]], (x) => a.extractPatches(x, { size: 2, strides: 1 })),
  use('depthToSpace', [[1, 2, 2, 4]], (x) => a.depthToSpace(x, 2)),
  use('spaceToDepth', [[1, 4, 2, 1]], (x) => a.spaceToDepth(x, 2)),
];

const FACTORS: readonly GradientCase[] = [
  use('inv', [[3, 3]], (x) => a.inv(steep(x))),
  use('solve', [[3, 3], [3]], (x, y) => a.solve(steep(x), y)),
  use(
    'solveTriangular',
    [
      [3, 3],
      [3, 2],
    ],
    (x, y) => a.solveTriangular(steep(x), y, { lower: true }),
  ),
  { ...use('det', [[3, 3]], a.det), needsDistinctRows: true },
  use('slogdet', [[3, 3]], (x) => a.slogdet(steep(x)).logabsdet),
  use('cholesky', [[3, 3]], (x) => a.cholesky(positive(x))),
  use('qr', [[3, 3]], (x) => a.qr(steep(x)).r),
  use('eigvalsh', [[3, 3]], (x) => a.eigvalsh(positive(x))),
  use('svdvals', [[3, 3]], (x) => a.svdvals(steep(x))),
  use('pinv', [[3, 3]], (x) => a.pinv(steep(x))),
  use('lstsq', [[3, 3], [3]], (x, y) => a.lstsq(steep(x), y)),
  use('matrixNorm', [[2, 3]], (x) => a.matrixNorm(x)),
  use('rfft', [[6]], (x) => a.rfft(x).imag),
  use('irfft', [[4], [4]], (x, y) => a.irfft({ real: x, imag: y }, { fftLength: 6 })),
];

export const STRUCTURE: readonly GradientCase[] = [...MOVES, ...PRODUCTS, ...WINDOWS, ...FACTORS];
