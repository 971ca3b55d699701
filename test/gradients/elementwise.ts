import * as a from '../../src/index.ts';
import type { GradientCase } from './case.ts';

type Unary = (x: a.Tensor) => a.Tensor;
type Binary = (x: a.Tensor, y: a.Tensor) => a.Tensor;

/** Functions and where they are smooth; kinks lie between the elements. */
const UNARY: readonly (readonly [name: string, apply: Unary, low: number, high: number])[] = [
  ['neg', a.neg, -2, 2],
  ['abs', a.abs, -2, 2],
  ['sign', a.sign, -2, 2],
  ['square', a.square, -2, 2],
  ['reciprocal', a.reciprocal, 0.5, 2],
  ['sqrt', a.sqrt, 0.3, 3],
  ['rsqrt', a.rsqrt, 0.4, 3],
  ['exp', a.exp, -2, 2],
  ['exp2', a.exp2, -2, 2],
  ['expm1', a.expm1, -2, 2],
  ['log', a.log, 0.3, 3],
  ['log2', a.log2, 0.3, 3],
  ['log10', a.log10, 0.3, 3],
  ['log1p', a.log1p, -0.6, 3],
  ['sin', a.sin, -4, 4],
  ['cos', a.cos, -4, 4],
  ['tan', a.tan, -1, 1],
  ['asin', a.asin, -0.8, 0.8],
  ['acos', a.acos, -0.8, 0.8],
  ['atan', a.atan, -3, 3],
  ['sinh', a.sinh, -2, 2],
  ['cosh', a.cosh, -2, 2],
  ['tanh', a.tanh, -2, 2],
  ['asinh', a.asinh, -3, 3],
  ['acosh', a.acosh, 1.3, 3],
  ['atanh', a.atanh, -0.8, 0.8],
  ['sigmoid', a.sigmoid, -4, 4],
  ['erf', a.erf, -2, 2],
  ['erfInv', a.erfInv, -0.8, 0.8],
  ['relu', a.relu, -2, 2],
  ['relu6', a.relu6, -2, 9],
  ['leakyRelu', a.leakyRelu, -2, 2],
  ['elu', a.elu, -2, 2],
  ['silu', a.silu, -3, 3],
  ['gelu', a.gelu, -3, 3],
  ['softplus', a.softplus, -3, 3],
  ['softsign', a.softsign, -3, 3],
  ['floor', a.floor, -3, 3],
  ['ceil', a.ceil, -3, 3],
  ['round', a.round, -3, 3],
  ['trunc', a.trunc, -3, 3],
  ['nanToNum', a.nanToNum, -3, 3],
  ['clip', (x) => a.clip(x, -1, 1.2), -2, 2],
  ['third power', (x) => a.pow(x, 3), -2, 2],
  ['power 2.5', (x) => a.pow(x, 2.5), 0.4, 2],
  ['cast there and back', (x) => a.cast(a.cast(x, 'float64'), 'float64'), -2, 2],
  ['where', (x) => a.where(a.greater(x, 0), a.sin(x), a.square(x)), -2, 2],
];

const BINARY: readonly (readonly [name: string, apply: Binary, low: number, high: number])[] = [
  ['add', a.add, -2, 2],
  ['sub', a.sub, -2, 2],
  ['mul', a.mul, -2, 2],
  ['div', a.div, 0.5, 2],
  ['pow', a.pow, 0.4, 2],
  ['maximum', a.maximum, -2, 2],
  ['minimum', a.minimum, -2, 2],
  ['atan2', a.atan2, 0.3, 2],
  ['hypot', a.hypot, 0.3, 2],
  ['logaddexp', a.logaddexp, -2, 2],
  ['fmod', (x, y) => a.fmod(a.mul(x, 3), y), 0.6, 2],
  ['mod', (x, y) => a.mod(a.mul(x, 3), y), 0.6, 2],
  ['floorDiv', (x, y) => a.floorDiv(a.mul(x, 3), y), 0.6, 2],
  ['copysign', a.copysign, 0.3, 2],
];

const SHAPES = [[2, 3], [5], [1, 1], [0, 3]] as const;

/** Pairs that broadcast, with an operand of one element and one of none. */
const PAIRS = [
  [
    [2, 3],
    [2, 3],
  ],
  [[2, 3], [3]],
  [
    [2, 1],
    [1, 3],
  ],
  [[], [4]],
  [[1], [0, 1]],
] as const;

export const ELEMENTWISE: readonly GradientCase[] = [
  ...UNARY.flatMap(([name, apply, low, high]) =>
    SHAPES.map((shape) => ({ name: `${name} [${shape}]`, shapes: [shape], low, high, apply })),
  ),
  ...BINARY.flatMap(([name, apply, low, high]) =>
    PAIRS.map((shapes) => ({ name: `${name} [${shapes.join('] [')}]`, shapes, low, high, apply })),
  ),
];
