import type { TensorLike } from '../ops/convert.ts';
import { tensor } from '../ops/create.ts';
import { take } from '../ops/index/take.ts';
import { matmul, outer } from '../ops/linalg/linalg.ts';
import { matrixTranspose } from '../ops/linalg/matrix-functions.ts';
import { solve } from '../ops/linalg/solving.ts';
import { add, cast, clip, div, mul, sub } from '../ops/math/arithmetic.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { argmax } from '../ops/search/arg.ts';
import { expandDims, stack } from '../ops/shape/shape.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { type ClassData, classData, floatRows, rowsOfClasses } from './class-data.ts';
import { requireFitted } from './fitted.ts';
import { applyLinear, type LinearMap, requirePenalty, requireSolved, withPenalty } from './ridge.ts';

/** Options of `pairwiseClassifier`. */
export interface PairwiseClassifierOptions {
  /** Times the sum of squared weights, added to the sum of squared errors of each pair. Default 1. */
  readonly penalty?: number;
}

/** What least squares need of the rows of one class. */
interface ClassMoments {
  readonly count: number;
  /** [features] */
  readonly mean: Tensor;
  /** Products of what differs from the mean, summed: [features, features]. */
  readonly scatter: Tensor;
}

interface Pairs {
  /** A column for each pair: 1 for the first class, -1 for the second. */
  readonly map: LinearMap;
  /** [pairs, classes]: what an output says of each class. */
  readonly ballots: Tensor;
}

/** One linear unit for each pair of classes: see `pairwiseClassifier`. */
export class PairwiseClassifier {
  readonly #penalty: number;
  #found: Pairs | undefined;

  constructor(options: PairwiseClassifierOptions = {}) {
    requireKnownOptions(options, ['penalty'], 'pairwiseClassifier');
    const { penalty = 1 } = options;
    requirePenalty(penalty, 'pairwiseClassifier');
    this.#penalty = penalty;
  }

  /**
   * Finds the weights of all pairs.
   * @param x [rows, features], finite
   * @param labels [rows], whole numbers from 0 without gaps, at least two classes
   * @throws AntlerShapeError, AntlerValueError for anything else; AntlerNumericError if features depend on each other and
   * there is no penalty
   */
  fit(x: TensorLike, labels: TensorLike): this {
    const where = 'pairwiseClassifier, fit';
    const moments = momentsOf(classData(x, labels, where), where);
    if (moments.length < 2)
      throw new AntlerValueError({ where, expected: 'at least two classes', got: `${moments.length}` });
    const pairs = moments.flatMap((_, i) => moments.slice(i + 1).map((_, j) => [i, i + 1 + j] as const));
    const penalty = this.#penalty;
    const solvePair = jit((a: ClassMoments, b: ClassMoments) => separate(a, b, penalty));
    const units = pairs.map(([i, j]) => solvePair(at(moments, i), at(moments, j)));
    const weights = stack(
      units.map((unit) => unit.weights),
      1,
    );
    requireSolved(weights, where);
    const bias = stack(units.map((unit) => unit.bias));
    const ballots = tensor(
      pairs.map(([i, j]) => moments.map((_, label) => Number(label === i) - Number(label === j))),
    );
    this.#found = { map: { weights, bias }, ballots };
    return this;
  }

  /**
   * For each class the sum of what its pairs say, each output cut to [-1, 1]: [rows, features] to [rows, classes]. Without the
   * cut the sums would be linear in x, and no better than one unit a class.
   */
  scores(x: TensorLike): Tensor {
    const { map, ballots } = requireFitted(this.#found, 'pairwiseClassifier');
    const rows = floatRows(x, 'pairwiseClassifier, scores', at(map.weights.shape, 0));
    return jit((given: Tensor) => matmul(clip(applyLinear(map, given), -1, 1), ballots))(rows);
  }

  /** The class of the largest score: [rows, features] to int32 [rows]. */
  predict(x: TensorLike): Tensor {
    return argmax(this.scores(x), 1);
  }
}

/**
 * A linear unit for each pair of classes, trained by least squares on the rows of both alone to say 1 for the first and -1 for
 * the second: the "pairwise linear classifier" of LeCun et al. 1998, section III-C2.
 */
export function pairwiseClassifier(options: PairwiseClassifierOptions = {}): PairwiseClassifier {
  return new PairwiseClassifier(options);
}

/** Rows of a class are filled up with rows of weight 0 to one number for all, so that all run one program. */
function momentsOf(data: ClassData, where: string): ClassMoments[] {
  const members = rowsOfClasses(data, where);
  const most = Math.max(...members.map((rows) => rows.length));
  const moments = jit((x: Tensor, rows: Tensor, weights: Tensor, count: number) => {
    const own = take(x, rows);
    const mean = div(matmul(weights, own), count);
    const centered = mul(sub(own, mean), expandDims(weights, 1));
    return { mean, scatter: matmul(matrixTranspose(centered), centered) };
  });
  return members.map((rows) => {
    const filled = new Int32Array(most);
    filled.set(rows);
    const weights = Float32Array.from({ length: most }, (_, i) => Number(i < rows.length));
    return {
      count: rows.length,
      ...moments(data.x, tensor(filled), cast(tensor(weights), data.x.dtype), rows.length),
    };
  });
}

/** The unit of two classes. The scatter of both together is that of each and that of their means. */
function separate(
  a: ClassMoments,
  b: ClassMoments,
  penalty: number,
): { readonly weights: Tensor; readonly bias: Tensor } {
  const count = add(a.count, b.count);
  const share = div(mul(a.count, b.count), count);
  const gap = sub(a.mean, b.mean);
  const scatter = add(add(a.scatter, b.scatter), mul(share, outer(gap, gap)));
  const weights = solve(withPenalty(scatter, penalty), mul(gap, mul(share, 2)));
  const middle = div(add(mul(a.mean, a.count), mul(b.mean, b.count)), count);
  const level = div(sub(a.count, b.count), count);
  return { weights, bias: sub(level, sum(mul(middle, weights))) };
}
