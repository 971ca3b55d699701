import { matmul } from '../ops/linalg/linalg.ts';
import { matrixTranspose } from '../ops/linalg/matrix-functions.ts';
import { add, mul } from '../ops/math/arithmetic.ts';
import { exp } from '../ops/math/math.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { requireKnownOptions, unknownName } from '../util/suggest.ts';
import { requireCount, requirePositive } from './class-data.ts';
import { squaredDistances } from './squared-distances.ts';

/** How alike two rows a and b are. */
export type KernelOptions =
  /** exp(-gamma |a - b|²). `gamma` defaults to 1 / features. */
  | { readonly name: 'gaussian'; readonly gamma?: number }
  /** (gamma ab + offset)^degree. `gamma` defaults to 1 / features, `degree` to 3, `offset` to 1. */
  | {
      readonly name: 'polynomial';
      readonly gamma?: number;
      readonly degree?: number;
      readonly offset?: number;
    };

/** Likeness of all pairs of rows: [m, features] and [n, features] to [m, n]. */
export type Kernel = (a: Tensor, b: Tensor) => Tensor;

const OPTIONS = { gaussian: ['name', 'gamma'], polynomial: ['name', 'gamma', 'degree', 'offset'] } as const;

/** The function that options describe. @throws AntlerValueError for options that describe none */
export function kernelOf(options: KernelOptions, where: string): Kernel {
  const known = Object.hasOwn(OPTIONS, options.name) ? OPTIONS[options.name] : undefined;
  if (!known) throw unknownName({ where, kind: 'a kernel', name: options.name, known: Object.keys(OPTIONS) });
  requireKnownOptions(options, known, `${where}, kernel`);
  const { gamma } = options;
  if (gamma !== undefined) requirePositive(gamma, 'gamma', where);
  const scaleFor = (a: Tensor): number => gamma ?? 1 / at(a.shape, 1);
  if (options.name === 'gaussian') return (a, b) => exp(mul(squaredDistances(a, b), -scaleFor(a)));
  const { degree = 3, offset = 1 } = options;
  requireCount(degree, 'degree', where);
  return (a, b) => power(add(mul(matmul(a, matrixTranspose(b)), scaleFor(a)), offset), degree);
}

/** By squaring: exact in sign where a logarithm is not. */
function power(x: Tensor, exponent: number): Tensor {
  if (exponent === 1) return x;
  const half = power(x, Math.floor(exponent / 2));
  const even = mul(half, half);
  return exponent % 2 === 0 ? even : mul(even, x);
}
