import { type TensorLike, toTensor } from '../ops/convert.ts';
import { eigh } from '../ops/linalg/decompositions.ts';
import { diagonal } from '../ops/linalg/diagonals.ts';
import { matmul } from '../ops/linalg/linalg.ts';
import { matrixTranspose } from '../ops/linalg/matrix-functions.ts';
import { abs, add, div, mul, square, sub } from '../ops/math/arithmetic.ts';
import { exp, rsqrt, sqrt, tanh } from '../ops/math/math.ts';
import { max, mean } from '../ops/reduce/reduce.ts';
import { expandDims } from '../ops/shape/shape.ts';
import { normal } from '../random/distributions.ts';
import { key } from '../random/keys.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { lookUp, requireKnownOptions } from '../util/suggest.ts';
import { requireFitted, requireRows } from './fitted.ts';
import { pca } from './pca.ts';

/** A contrast's slope g and the mean of its derivative, of sources [rows, components]. */
type Contrast = (sources: Tensor) => { readonly slope: Tensor; readonly curvature: Tensor };

/** Hyvarinen 1999, section III: the first for all purposes, the second for very heavy tails, the third is the kurtosis. */
const CONTRASTS = {
  logcosh: (sources) => {
    const slope = tanh(sources);
    return { slope, curvature: mean(sub(1, square(slope)), { axis: 0 }) };
  },
  exp: (sources) => {
    const squares = square(sources);
    const bell = exp(mul(squares, -0.5));
    return { slope: mul(sources, bell), curvature: mean(mul(sub(1, squares), bell), { axis: 0 }) };
  },
  cube: (sources) => {
    const squares = square(sources);
    return { slope: mul(sources, squares), curvature: mean(mul(squares, 3), { axis: 0 }) };
  },
} as const satisfies Record<string, Contrast>;

/** Options of `fastICA`. */
export interface FastICAOptions {
  /** Sources to find; the principal components beyond them are cut off. Default as many as features. */
  readonly components?: number;
  /** What measures how far sources are from normal. Default `logcosh`. */
  readonly contrast?: keyof typeof CONTRASTS;
  /** Default 200. */
  readonly maxIterations?: number;
  /** Iterations end when every direction's cosine with itself one step before is this near to 1. Default 1e-4. */
  readonly tolerance?: number;
  /** Of the first directions: a whole number in [0, 2^53). Default 0. */
  readonly seed?: number;
}

/** Is told after each iteration how much the directions turned, as 1 - cosine; `fit` waits for it. */
export type IterationListener = (iteration: number, change: number) => void | Promise<void>;

interface Separation {
  readonly mean: Tensor;
  readonly unmixing: Tensor;
  readonly mixing: Tensor;
  readonly iterations: number;
  readonly converged: boolean;
}

const OPTIONS = ['components', 'contrast', 'maxIterations', 'tolerance', 'seed'];

/** Independent components of rows: see `fastICA`. */
export class FastICA {
  readonly #options: FastICAOptions;
  readonly #contrast: Contrast;
  #found: Separation | undefined;

  constructor(options: FastICAOptions = {}) {
    const where = 'fastICA';
    requireKnownOptions(options, OPTIONS, where);
    this.#options = options;
    this.#contrast = lookUp(CONTRASTS, options.contrast ?? 'logcosh', { where, kind: 'a contrast' });
    const { maxIterations = 1 } = options;
    if (Number.isInteger(maxIterations) && maxIterations >= 1) return;
    throw new AntlerValueError({
      where,
      expected: 'maxIterations, a whole number >= 1',
      got: `${maxIterations}`,
    });
  }

  /** Rows that give the sources, of variance 1, from centred features ("filters"): [components, features]. */
  get components(): Tensor {
    return this.#separation.unmixing;
  }

  /** Columns that each source adds to the features: [features, components]. */
  get mixing(): Tensor {
    return this.#separation.mixing;
  }

  /** Mean of the rows: [features]. */
  get mean(): Tensor {
    return this.#separation.mean;
  }

  /** How many iterations `fit` took. */
  get iterations(): number {
    return this.#separation.iterations;
  }

  /** Whether the tolerance was reached within the iterations allowed. */
  get converged(): boolean {
    return this.#separation.converged;
  }

  /**
   * Finds the sources.
   * @param x [rows, features], many more rows than features
   * @throws AntlerShapeError unless x is a matrix; AntlerValueError for more components than features
   */
  async fit(x: TensorLike, onIteration?: IterationListener): Promise<this> {
    const { components, maxIterations = 200, tolerance = 1e-4, seed = 0 } = this.#options;
    const whitening = pca({ whiten: true, ...(components !== undefined && { components }) }).fit(x);
    await requireVariance(whitening.explainedVariance);
    const white = jit((rows: Tensor) => whitening.transform(rows))(toTensor(x, 'fastICA, fit'));
    const step = jit((rows: Tensor, w: Tensor) => turn(rows, w, this.#contrast));
    const size = at(white.shape, 1);
    let rotation = jit(() => decorrelate(normal(key(seed), [size, size])))();
    let [iterations, change] = [0, Number.POSITIVE_INFINITY];
    while (iterations < maxIterations && change > tolerance) {
      const next = step(white, rotation);
      rotation.dispose();
      rotation = next.rotation;
      change = await next.change.item();
      iterations++;
      await onIteration?.(iterations, change);
    }
    white.dispose();
    const deviations = expandDims(sqrt(whitening.explainedVariance), 1);
    const unmixing = matmul(rotation, div(whitening.components, deviations));
    const mixing = matrixTranspose(matmul(rotation, mul(whitening.components, deviations)));
    this.#found = { mean: whitening.mean, unmixing, mixing, iterations, converged: change <= tolerance };
    return this;
  }

  /** The sources of rows: [rows, features] to [rows, components]. */
  transform(x: TensorLike): Tensor {
    const { mean: middle, unmixing } = this.#separation;
    const rows = toTensor(x, 'fastICA, transform');
    requireRows(rows, 'fastICA, transform', at(unmixing.shape, 1));
    return matmul(sub(rows, middle), matrixTranspose(unmixing));
  }

  /** The rows that sources make, as far as the components reach: [rows, components] to [rows, features]. */
  inverseTransform(sources: TensorLike): Tensor {
    const { mean: middle, mixing } = this.#separation;
    const given = toTensor(sources, 'fastICA, inverseTransform');
    requireRows(given, 'fastICA, inverseTransform', at(mixing.shape, 1));
    return add(matmul(given, matrixTranspose(mixing)), middle);
  }

  get #separation(): Separation {
    return requireFitted(this.#found, 'fastICA');
  }
}

/**
 * Independent component analysis: whitens the rows and turns them until each coordinate is as far from normal as can be, all at
 * once with symmetric decorrelation. Hyvarinen 1999, "Fast and robust fixed-point algorithms for independent component analysis".
 */
export function fastICA(options: FastICAOptions = {}): FastICA {
  return new FastICA(options);
}

/** Rounding errors of float32, as a share of the largest variance. */
const LEAST_SHARE = 1e-9;

/** @throws AntlerValueError where a source would have nothing to be found from, or for values that are no numbers */
async function requireVariance(variances: Tensor): Promise<void> {
  const found = Array.from(await variances.data(), Number);
  const varying = found.filter((variance) => variance > LEAST_SHARE * at(found, 0)).length;
  if (varying === found.length) return;
  throw new AntlerValueError({
    where: 'fastICA, fit',
    expected: `finite rows that vary in ${found.length} directions`,
    got: `rows that vary in ${varying}`,
    fix: 'ask for fewer components',
  });
}

/** One fixed-point step of all directions, and how far it turned the one that turned most. */
function turn(
  white: Tensor,
  rotation: Tensor,
  contrast: Contrast,
): { readonly rotation: Tensor; readonly change: Tensor } {
  const { slope, curvature } = contrast(matmul(white, matrixTranspose(rotation)));
  const pull = div(matmul(matrixTranspose(slope), white), at(white.shape, 0));
  const next = decorrelate(sub(pull, mul(expandDims(curvature, 1), rotation)));
  const cosines = abs(diagonal(matmul(next, matrixTranspose(rotation))));
  return { rotation: next, change: max(abs(sub(cosines, 1))) };
}

/** The nearest orthogonal matrix, (W W^T)^(-1/2) W. */
function decorrelate(w: Tensor): Tensor {
  const { values, vectors } = eigh(matmul(w, matrixTranspose(w)));
  return matmul(matmul(mul(vectors, rsqrt(values)), matrixTranspose(vectors)), w);
}
