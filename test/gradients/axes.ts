import * as a from '../../src/index.ts';
import type { GradientCase } from './case.ts';

type Options = { readonly axis?: number | readonly number[]; readonly keepDims?: boolean };

const REDUCTIONS: Readonly<Record<string, (x: a.Tensor, options: Options) => a.Tensor>> = {
  sum: a.sum,
  mean: a.mean,
  variance: a.variance,
  'variance of samples': (x, options) => a.variance(x, { ...options, correction: 0.5 }),
  logsumexp: a.logsumexp,
  nansum: a.nansum,
  nanmean: a.nanmean,
};

/** Not smooth, or not defined, where all elements agree or there are none. */
const SPREAD_REDUCTIONS: typeof REDUCTIONS = {
  std: a.std,
  max: a.max,
  min: a.min,
  'norm 1': (x, options) => a.norm(x, { ...options, ord: 1 }),
  'norm 2': (x, options) => a.norm(x, options),
  'norm 3': (x, options) => a.norm(x, { ...options, ord: 3 }),
  nanmax: a.nanmax,
  prod: a.prod,
  quantile: (x, options) => a.quantile(x, 0.3, options),
};

const LINES: readonly Options[] = [
  {},
  { axis: 0 },
  { axis: -1, keepDims: true },
  { axis: [-3, 1] },
  { axis: [], keepDims: true },
];

const EMPTY: readonly Options[] = [{ axis: -1 }, { axis: [0, 1], keepDims: true }];

const ALONG: Readonly<Record<string, (x: a.Tensor, axis: number) => a.Tensor>> = {
  softmax: (x, axis) => a.softmax(x, { axis }),
  logSoftmax: (x, axis) => a.logSoftmax(x, { axis }),
  cumsum: (x, axis) => a.cumsum(x, axis),
  cumprod: (x, axis) => a.cumprod(x, axis),
  'cumprod, reverse, exclusive': (x, axis) => a.cumprod(x, { axis, reverse: true, exclusive: true }),
  cummax: (x, axis) => a.cummax(x, axis),
  cummin: (x, axis) => a.cummin(x, axis),
  logcumsumexp: (x, axis) => a.logcumsumexp(x, axis),
  sort: (x, axis) => a.sort(x, axis),
  'sort, descending': (x, axis) => a.sort(x, { axis, descending: true }),
  diff: (x, axis) => a.diff(x, { axis }),
  flip: (x, axis) => a.flip(x, axis),
  roll: (x, axis) => a.roll(x, 2, axis),
  normalize: (x, axis) => a.normalize(x, { axis }),
  'first moment': (x, axis) => a.moments(x, axis).mean,
  repeat: (x, axis) => a.repeat(x, 2, axis),
  take: (x, axis) => a.take(x, [0, -1, 0], axis),
  median: (x, axis) => a.median(x, { axis }),
};

function options(value: Options): string {
  return JSON.stringify(value);
}

export const AXES: readonly GradientCase[] = [
  ...Object.entries({ ...REDUCTIONS, ...SPREAD_REDUCTIONS }).flatMap(([name, reduce]) =>
    LINES.filter(
      ({ axis }) => !(Array.isArray(axis) && axis.length === 0 && name !== 'sum' && name !== 'mean'),
    ).map(
      (line): GradientCase => ({
        name: `${name} [2,3,2] ${options(line)}`,
        shapes: [[2, 3, 2]],
        needsDistinctRows: name === 'std',
        low: 0.5,
        high: 2,
        apply: (x) => reduce(x as a.Tensor, line),
      }),
    ),
  ),
  ...Object.entries(REDUCTIONS).flatMap(([name, reduce]) =>
    [...EMPTY, { axis: 0 }].flatMap((line) =>
      [
        [0, 3],
        [1, 1],
      ]
        .filter(([rows]) => rows === 1 || name === 'sum' || name === 'nansum')
        .filter(() => name !== 'variance of samples')
        .map(
          (shape): GradientCase => ({
            name: `${name} [${shape}] ${options(line)}`,
            shapes: [shape],
            apply: (x) => reduce(x as a.Tensor, line),
          }),
        ),
    ),
  ),
  ...Object.entries(ALONG).flatMap(([name, apply]) =>
    [
      { shape: [3, 4], axis: -1 },
      { shape: [3, 4], axis: 0 },
      { shape: [2, 3, 2], axis: -2 },
      { shape: [1], axis: 0 },
    ].map(
      ({ shape, axis }): GradientCase => ({
        name: `${name} [${shape}] along ${axis}`,
        shapes: [shape],
        low: 0.5,
        high: 2,
        apply: (x) => apply(x as a.Tensor, axis),
      }),
    ),
  ),
];
