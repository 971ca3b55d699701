import { type TensorLike, toTensor } from '../ops/convert.ts';
import { arange, oneHot, tensor } from '../ops/create.ts';
import { take } from '../ops/index/take.ts';
import { add, cast, mul, sub } from '../ops/math/arithmetic.ts';
import { sqrt } from '../ops/math/math.ts';
import { max, sum } from '../ops/reduce/reduce.ts';
import { argmax } from '../ops/search/arg.ts';
import { expandDims } from '../ops/shape/shape.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { type ClassData, classData, floatRows, requireCount } from './class-data.ts';
import { requireFitted } from './fitted.ts';
import { forRowBlocks, joinRows } from './row-blocks.ts';
import { type Smallest, smallest } from './smallest.ts';
import { squaredDistances } from './squared-distances.ts';

/** Options of `kNearestNeighbours`. */
export interface NearestNeighboursOptions {
  /** How many neighbours vote. Default 5. */
  readonly k?: number;
}

/** The nearest rows, ascending: [rows, k]. */
export interface Neighbours {
  /** Euclidean. */
  readonly distances: Tensor;
  /** Numbers of the rows that were given to `fit`, int32. */
  readonly indices: Tensor;
}

/** Distances that are held at once. */
const BLOCK_ELEMENTS = 2 ** 24;

/** Votes of the nearest rows: see `kNearestNeighbours`. */
export class NearestNeighbours {
  readonly #k: number;
  #known: ClassData | undefined;

  constructor(options: NearestNeighboursOptions = {}) {
    requireKnownOptions(options, ['k'], 'kNearestNeighbours');
    const { k = 5 } = options;
    requireCount(k, 'k', 'kNearestNeighbours');
    this.#k = k;
  }

  /**
   * Remembers the rows.
   * @param x [rows, features], finite; at least k rows
   * @param labels [rows], whole numbers >= 0
   * @throws AntlerShapeError, AntlerValueError for anything else
   */
  fit(x: TensorLike, labels: TensorLike): this {
    const where = 'kNearestNeighbours, fit';
    const data = classData(x, labels, where);
    const rows = at(data.x.shape, 0);
    if (this.#k > rows) {
      throw new AntlerValueError({
        where,
        expected: `at least k = ${this.#k} rows`,
        got: `${rows}`,
        fix: 'give more rows, or a smaller k',
      });
    }
    this.#known = data;
    return this;
  }

  /** The k nearest rows of each row: [rows, features] to [rows, k]. Of equally near ones the first. */
  neighbours(x: TensorLike): Neighbours {
    const known = this.#fitted;
    const where = 'kNearestNeighbours, neighbours';
    const rows = floatRows(x, where, at(known.x.shape, 1));
    const search = jit((block: Tensor, from: Tensor) => smallest(squaredDistances(block, from), this.#k));
    const size = Math.max(1, Math.floor(BLOCK_ELEMENTS / at(known.x.shape, 0)));
    const found: Smallest[] = [];
    forRowBlocks(rows, size, (block) => {
      found.push(search(block, known.x));
    });
    return {
      distances: sqrt(joinRows(found.map(({ values }) => values))),
      indices: joinRows(found.map(({ places }) => places)),
    };
  }

  /** The class most of the k nearest rows have, of equal ones the one of the nearest: [rows, features] to int32 [rows]. */
  predict(x: TensorLike): Tensor {
    return this.vote(this.neighbours(x).indices);
  }

  /**
   * What neighbours that were found before say, or the first of them: one search serves several k.
   * @param indices [rows, k], rows that were given to `fit`, the nearest first
   * @returns int32 [rows]
   */
  vote(indices: TensorLike): Tensor {
    const { labels, classes } = this.#fitted;
    return jit((places: Tensor) => vote(take(tensor(labels), places), classes))(
      toTensor(indices, 'kNearestNeighbours, vote'),
    );
  }

  get #fitted(): ClassData {
    return requireFitted(this.#known, 'kNearestNeighbours');
  }
}

/**
 * k nearest neighbours by Euclidean distance (Fix & Hodges 1951, Cover & Hart 1967), searched by brute force in blocks of one
 * product of matrices each.
 */
export function kNearestNeighbours(options: NearestNeighboursOptions = {}): NearestNeighbours {
  return new NearestNeighbours(options);
}

/** The most frequent label of each row, of equal ones the one that comes first: [rows, k] to int32 [rows]. */
export function vote(labels: Tensor, classes: number): Tensor {
  const k = at(labels.shape, 1);
  const chosen = oneHot(labels, classes);
  const votes = sum(chosen, { axis: 1 });
  const earliness = max(mul(chosen, expandDims(sub(k, cast(arange(k), 'float32')), 1)), { axis: 1 });
  // earliness is at most k, so it decides between equal votes only
  return argmax(add(mul(votes, k + 1), earliness), 1);
}
