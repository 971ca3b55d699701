import { type TensorLike, toTensor } from '../ops/convert.ts';
import { eigh } from '../ops/linalg/decompositions.ts';
import { matmul } from '../ops/linalg/linalg.ts';
import { matrixTranspose } from '../ops/linalg/matrix-functions.ts';
import { add, div, maximum, mul, sub } from '../ops/math/arithmetic.ts';
import { sqrt } from '../ops/math/math.ts';
import { mean, sum } from '../ops/reduce/reduce.ts';
import { flip } from '../ops/shape/shape.ts';
import { slice } from '../ops/shape/slicing.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { requireFitted, requireRows } from './fitted.ts';

/** Options of `pca`. */
export interface PcaOptions {
  /** Directions that are kept. Default all. */
  readonly components?: number;
  /** Whether `transform` divides each direction by its standard deviation. Default false. */
  readonly whiten?: boolean;
}

/** The directions of largest variance. */
interface Directions {
  readonly mean: Tensor;
  readonly vectors: Tensor;
  readonly variances: Tensor;
  readonly total: Tensor;
}

/** Principal components of rows: see `pca`. */
export class Pca {
  readonly #options: PcaOptions;
  #found: Directions | undefined;

  constructor(options: PcaOptions = {}) {
    requireKnownOptions(options, ['components', 'whiten'], 'pca');
    this.#options = options;
  }

  /** Mean of the rows: [features]. */
  get mean(): Tensor {
    return this.#directions.mean;
  }

  /** Orthonormal rows, the largest variance first; their signs are arbitrary: [components, features]. */
  get components(): Tensor {
    return this.#directions.vectors;
  }

  /** Variance along each component, by count - 1: [components]. */
  get explainedVariance(): Tensor {
    return this.#directions.variances;
  }

  /** The share of all variance that lies along each component: [components]. */
  get explainedVarianceRatio(): Tensor {
    const { variances, total } = this.#directions;
    return div(variances, total);
  }

  /**
   * Finds the components.
   * @param x [rows, features]; at least two rows
   * @throws AntlerShapeError unless x is a matrix; AntlerValueError for more components than features
   */
  fit(x: TensorLike): this {
    const rows = toTensor(x, 'pca, fit');
    requireRows(rows, 'pca, fit');
    const features = at(rows.shape, 1);
    const { components = features } = this.#options;
    if (!(Number.isInteger(components) && components >= 1 && components <= features)) {
      const expected = `components, a whole number in 1 .. ${features}`;
      throw new AntlerValueError({ where: 'pca, fit', expected, got: `${components}` });
    }
    this.#found = jit((given: Tensor) => directionsOf(given, components))(rows);
    return this;
  }

  /** Coordinates along the components: [rows, features] to [rows, components]. */
  transform(x: TensorLike): Tensor {
    const { mean, vectors } = this.#directions;
    const rows = toTensor(x, 'pca, transform');
    requireRows(rows, 'pca, transform', at(vectors.shape, 1));
    const coordinates = matmul(sub(rows, mean), matrixTranspose(vectors));
    return this.#options.whiten ? div(coordinates, this.#deviations()) : coordinates;
  }

  /** The rows with these coordinates, as far as the components reach: [rows, components] to [rows, features]. */
  inverseTransform(coordinates: TensorLike): Tensor {
    const { mean, vectors } = this.#directions;
    const given = toTensor(coordinates, 'pca, inverseTransform');
    requireRows(given, 'pca, inverseTransform', at(vectors.shape, 0));
    const scaled = this.#options.whiten ? mul(given, this.#deviations()) : given;
    return add(matmul(scaled, vectors), mean);
  }

  get #directions(): Directions {
    return requireFitted(this.#found, 'pca');
  }

  /** Never 0: along what does not vary, coordinates are 0 whatever they are divided by. */
  #deviations(): Tensor {
    return sqrt(maximum(this.#directions.variances, LEAST_VARIANCE));
  }
}

/** Smaller variances are rounding errors of float32. */
const LEAST_VARIANCE = 1e-12;

/**
 * Principal component analysis: coordinates along the directions of largest variance (Pearson 1901, Hotelling 1933), from the
 * eigenvectors of the covariance matrix.
 */
export function pca(options: PcaOptions = {}): Pca {
  return new Pca(options);
}

function directionsOf(x: Tensor, components: number): Directions {
  const [count, features] = [at(x.shape, 0), at(x.shape, 1)];
  const middle = mean(x, { axis: 0 });
  const centered = sub(x, middle);
  const covariance = div(matmul(matrixTranspose(centered), centered), Math.max(count - 1, 1));
  const { values, vectors } = eigh(covariance);
  const descending = maximum(flip(values, 0), 0);
  return {
    mean: middle,
    vectors: slice(flip(matrixTranspose(vectors), 0), [0, 0], [components, features]),
    variances: slice(descending, [0], [components]),
    total: sum(descending),
  };
}
