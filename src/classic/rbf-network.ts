import type { TensorLike } from '../ops/convert.ts';
import { tensor } from '../ops/create.ts';
import { take } from '../ops/index/take.ts';
import { div } from '../ops/math/arithmetic.ts';
import { exp } from '../ops/math/math.ts';
import { argmax } from '../ops/search/arg.ts';
import { concat } from '../ops/shape/shape.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import {
  classData,
  floatRows,
  requireCount,
  requirePositive,
  rowsOfClasses,
  signedTargets,
} from './class-data.ts';
import { requireFitted } from './fitted.ts';
import { kMeans } from './k-means.ts';
import { applyLinear, fitRidge, type LinearMap, requirePenalty } from './ridge.ts';
import { mapRows } from './row-blocks.ts';
import { squaredDistances } from './squared-distances.ts';

/** Options of `rbfNetwork`. */
export interface RbfNetworkOptions {
  /** Units whose centres are found among the rows of each class. Default 100. */
  readonly centresPerClass?: number;
  /** How wide a unit is, in root mean squared distances of rows to the nearest centre of their class. Default 1. */
  readonly width?: number;
  /** Times the sum of squared weights, added to the sum of squared errors of the linear layer. Default 1e-3. */
  readonly penalty?: number;
  /** Of k-means. Default 20. */
  readonly maxIterations?: number;
  /** Of the first centres: a whole number in [0, 2^53). Default 0. */
  readonly seed?: number;
}

/** Is told when the centres of a class are found, as the share of classes that are done; `fit` waits for it. */
export type ClassListener = (done: number) => void | Promise<void>;

interface Network {
  readonly centres: Tensor;
  /** Standard deviation of the bells. */
  readonly deviation: number;
  readonly output: LinearMap;
}

/** Rows whose units are computed at once. */
const BLOCK_ROWS = 8192;

/** Radial basis functions and a linear layer: see `rbfNetwork`. */
export class RbfNetwork {
  readonly #options: Required<RbfNetworkOptions>;
  #found: Network | undefined;

  constructor(options: RbfNetworkOptions = {}) {
    const where = 'rbfNetwork';
    requireKnownOptions(options, Object.keys(DEFAULTS), where);
    this.#options = { ...DEFAULTS, ...options };
    requireCount(this.#options.centresPerClass, 'centresPerClass', where);
    requirePositive(this.#options.width, 'width', where);
    requirePenalty(this.#options.penalty, where);
  }

  /** [units, features], those of class 0 first. */
  get centres(): Tensor {
    return this.#network.centres;
  }

  /**
   * Finds the centres, then the linear layer.
   * @param x [rows, features], finite
   * @param labels [rows], whole numbers from 0 without gaps; of each class at least as many rows as it has units
   * @throws AntlerShapeError, AntlerValueError for anything else
   */
  async fit(x: TensorLike, labels: TensorLike, onClass?: ClassListener): Promise<this> {
    const where = 'rbfNetwork, fit';
    const data = classData(x, labels, where);
    const { centresPerClass: clusters, maxIterations, seed, width, penalty } = this.#options;
    const found: Tensor[] = [];
    let squares = 0;
    for (const rows of rowsOfClasses(data, where)) {
      requireEnough(rows.length, clusters, where);
      const groups = kMeans({ clusters, maxIterations, seed });
      const own = take(data.x, tensor(rows));
      await groups.fit(own);
      own.dispose();
      found.push(groups.centres);
      squares += groups.spread * rows.length;
      await onClass?.(found.length / data.classes);
    }
    const centres = jit((parts: readonly Tensor[]) => concat(parts))(found);
    const deviation = width * Math.sqrt(squares / data.labels.length);
    const units = unitsOf(data.x, centres, deviation);
    const output = fitRidge(units, signedTargets(data), penalty, where);
    units.dispose();
    this.#found = { centres, deviation, output };
    return this;
  }

  /** Near 1 for the class, near -1 for others: [rows, features] to [rows, classes]. */
  scores(x: TensorLike): Tensor {
    const { centres, deviation, output } = this.#network;
    const rows = floatRows(x, 'rbfNetwork, scores', at(centres.shape, 1));
    const score = jit((block: Tensor) => applyLinear(output, gaussians(block, centres, deviation)));
    return mapRows(rows, BLOCK_ROWS, score);
  }

  /** The class of the largest score: [rows, features] to int32 [rows]. */
  predict(x: TensorLike): Tensor {
    return argmax(this.scores(x), 1);
  }

  get #network(): Network {
    return requireFitted(this.#found, 'rbfNetwork');
  }
}

const DEFAULTS: Required<RbfNetworkOptions> = {
  centresPerClass: 100,
  width: 1,
  penalty: 1e-3,
  maxIterations: 20,
  seed: 0,
};

/**
 * Gaussian units around centres that k-means finds in each class, and a linear layer on them by regularised least squares:
 * Broomhead & Lowe 1988, with the centres of LeCun et al. 1998, section III-C4.
 */
export function rbfNetwork(options: RbfNetworkOptions = {}): RbfNetwork {
  return new RbfNetwork(options);
}

/** The units of many rows. */
function unitsOf(x: Tensor, centres: Tensor, deviation: number): Tensor {
  const units = jit((block: Tensor) => gaussians(block, centres, deviation));
  return mapRows(x, BLOCK_ROWS, units);
}

/** [rows, features] to [rows, units], in (0, 1]. */
function gaussians(rows: Tensor, centres: Tensor, deviation: number): Tensor {
  return exp(div(squaredDistances(rows, centres), -2 * deviation ** 2));
}

function requireEnough(rows: number, clusters: number, where: string): void {
  if (rows >= clusters) return;
  throw new AntlerValueError({
    where,
    expected: `at least centresPerClass = ${clusters} rows of each class`,
    got: `${rows}`,
    fix: 'ask for fewer centres',
  });
}
