import { scan } from '../ops/control/control.ts';
import type { TensorLike } from '../ops/convert.ts';
import { oneHot, scalar } from '../ops/create.ts';
import { take } from '../ops/index/take.ts';
import { matmul } from '../ops/linalg/linalg.ts';
import { matrixTranspose } from '../ops/linalg/matrix-functions.ts';
import { div, maximum, minimum, where as select, square, sub } from '../ops/math/arithmetic.ts';
import { greater } from '../ops/math/compare.ts';
import { log } from '../ops/math/math.ts';
import { mean, min, sum } from '../ops/reduce/reduce.ts';
import { argmin } from '../ops/search/arg.ts';
import { concat, expandDims, stack } from '../ops/shape/shape.ts';
import { categorical, randint } from '../random/distributions.ts';
import { key, split } from '../random/keys.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { floatRows, requireCount } from './class-data.ts';
import type { IterationListener } from './fast-ica.ts';
import { requireFitted } from './fitted.ts';
import { mapRows } from './row-blocks.ts';
import { squaredDistances } from './squared-distances.ts';

/** Options of `kMeans`. */
export interface KMeansOptions {
  /** Default 8. */
  readonly clusters?: number;
  /** Default 100. */
  readonly maxIterations?: number;
  /** Iterations end when the mean squared distance falls by less than this share of itself. Default 1e-4. */
  readonly tolerance?: number;
  /** Of the first centres: a whole number in [0, 2^53). Default 0. */
  readonly seed?: number;
}

interface Clusters {
  readonly centres: Tensor;
  readonly spread: number;
  readonly iterations: number;
}

/** Rows whose distances are held at once. */
const BLOCK_ROWS = 8192;

/** Clusters of rows: see `kMeans`. */
export class KMeans {
  readonly #options: Required<KMeansOptions>;
  #found: Clusters | undefined;

  constructor(options: KMeansOptions = {}) {
    const where = 'kMeans';
    requireKnownOptions(options, ['clusters', 'maxIterations', 'tolerance', 'seed'], where);
    this.#options = { clusters: 8, maxIterations: 100, tolerance: 1e-4, seed: 0, ...options };
    requireCount(this.#options.clusters, 'clusters', where);
    requireCount(this.#options.maxIterations, 'maxIterations', where);
  }

  /** [clusters, features] */
  get centres(): Tensor {
    return this.#clusters.centres;
  }

  /** Mean squared distance of the rows of `fit` to the nearest centre, before the last iteration. */
  get spread(): number {
    return this.#clusters.spread;
  }

  /** How many iterations `fit` took. */
  get iterations(): number {
    return this.#clusters.iterations;
  }

  /**
   * Finds the centres.
   * @param x [rows, features], finite; at least as many rows as clusters
   * @throws AntlerShapeError, AntlerValueError for anything else
   */
  async fit(x: TensorLike, onIteration?: IterationListener): Promise<this> {
    const { clusters, maxIterations, tolerance, seed } = this.#options;
    const where = 'kMeans, fit';
    const rows = floatRows(x, where);
    const count = at(rows.shape, 0);
    if (clusters > count)
      throw new AntlerValueError({ where, expected: `at least ${clusters} rows`, got: `${count}` });
    const step = jit(refine);
    let centres = jit((given: Tensor, chance: Tensor) => firstCentres(given, clusters, chance))(
      rows,
      key(seed),
    );
    let [iterations, change, spread] = [0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    while (iterations < maxIterations && change > tolerance) {
      const next = step(rows, centres);
      centres.dispose();
      centres = next.centres;
      const now = await next.spread.item();
      change = now > 0 ? (spread - now) / now : 0;
      spread = now;
      iterations++;
      await onIteration?.(iterations, change);
    }
    this.#found = { centres, spread, iterations };
    return this;
  }

  /** The nearest centre of each row: [rows, features] to int32 [rows]. */
  predict(x: TensorLike): Tensor {
    const { centres } = this.#clusters;
    const rows = floatRows(x, 'kMeans, predict', at(centres.shape, 1));
    const nearest = jit((block: Tensor) => argmin(squaredDistances(block, centres), 1));
    return mapRows(rows, BLOCK_ROWS, nearest);
  }

  get #clusters(): Clusters {
    return requireFitted(this.#found, 'kMeans');
  }
}

/**
 * k-means clustering: centres are moved to the mean of the rows that are nearest to them, again and again (Lloyd 1957), from
 * first centres far from each other (k-means++, Arthur & Vassilvitskii 2007). A centre without rows stays where it is.
 */
export function kMeans(options: KMeansOptions = {}): KMeans {
  return new KMeans(options);
}

/** Each next centre is a row drawn with the square of its distance to the centres so far as its chance. */
function firstCentres(rows: Tensor, clusters: number, chance: Tensor): Tensor {
  const [forFirst, forOthers] = split(chance);
  const first = take(rows, randint(forFirst, [], 0, at(rows.shape, 0)));
  if (clusters === 1) return expandDims(first, 0);
  const distancesTo = (centre: Tensor): Tensor => sum(square(sub(rows, centre)), { axis: 1 });
  const [, others] = scan(
    (nearest, own) => {
      // rows that all coincide with centres have equal chances
      const centre = take(rows, categorical(own, log(maximum(nearest, scalar(LEAST_DISTANCE, rows.dtype)))));
      return [minimum(nearest, distancesTo(centre)), centre];
    },
    distancesTo(first),
    stack(split(forOthers, clusters - 1)),
  );
  return concat([expandDims(first, 0), others]);
}

const LEAST_DISTANCE = 1e-30;

/** One iteration, and how far the rows were from the centres before it. */
function refine(rows: Tensor, centres: Tensor): { readonly centres: Tensor; readonly spread: Tensor } {
  const distances = squaredDistances(rows, centres);
  const members = oneHot(argmin(distances, 1), at(centres.shape, 0), rows.dtype);
  const counts = expandDims(sum(members, { axis: 0 }), 1);
  const means = div(matmul(matrixTranspose(members), rows), maximum(counts, 1));
  return {
    centres: select(greater(counts, 0), means, centres),
    spread: mean(min(distances, { axis: 1 })),
  };
}
