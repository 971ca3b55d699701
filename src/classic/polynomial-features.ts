import type { TensorLike } from '../ops/convert.ts';
import { ones } from '../ops/create.ts';
import { take } from '../ops/index/take.ts';
import { mul } from '../ops/math/arithmetic.ts';
import { concat } from '../ops/shape/shape.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { floatRows, requireCount } from './class-data.ts';

/** Options of `polynomialFeatures`. */
export interface PolynomialFeaturesOptions {
  /** Of the highest products. Default 2. */
  readonly degree?: number;
}

/**
 * All products of up to `degree` features, as in a polynomial: 1, then x_i, then x_i x_j with i <= j, and so on, each degree in
 * the order of its indices, as scikit-learn has them. 40 features become 861.
 * @param x [rows, features], finite
 * @returns [rows, products]
 * @throws AntlerShapeError, AntlerValueError for anything else
 */
export function polynomialFeatures(x: TensorLike, options: PolynomialFeaturesOptions = {}): Tensor {
  const where = 'polynomialFeatures';
  requireKnownOptions(options, ['degree'], where);
  const { degree = 2 } = options;
  requireCount(degree, 'degree', where);
  return jit((rows: Tensor) => productsOf(rows, degree))(floatRows(x, where));
}

function productsOf(rows: Tensor, degree: number): Tensor {
  const features = at(rows.shape, 1);
  const parts = [ones([at(rows.shape, 0), 1], rows.dtype), rows];
  for (let d = 2, factors = Array.from({ length: features }, (_, i) => [i]); d <= degree; d++) {
    factors = factors.flatMap((chosen) => withEachFrom(chosen, features));
    const columns = Array.from({ length: d }, (_, place) =>
      take(
        rows,
        Int32Array.from(factors, (chosen) => at(chosen, place)),
        1,
      ),
    );
    parts.push(columns.reduce((product, column) => mul(product, column)));
  }
  return concat(parts, 1);
}

/** Ascending indices, longer by one. */
function withEachFrom(chosen: readonly number[], features: number): number[][] {
  const first = at(chosen, -1);
  return Array.from({ length: features - first }, (_, i) => [...chosen, first + i]);
}
