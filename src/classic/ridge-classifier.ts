import type { TensorLike } from '../ops/convert.ts';
import { argmax } from '../ops/search/arg.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { classData, floatRows, signedTargets } from './class-data.ts';
import { requireFitted } from './fitted.ts';
import { applyLinear, fitRidge, type LinearMap, requirePenalty } from './ridge.ts';

/** Options of `ridgeClassifier`. */
export interface RidgeClassifierOptions {
  /** Times the sum of squared weights, added to the sum of squared errors; 0 is plain least squares. Default 1. */
  readonly penalty?: number;
}

/** A linear classifier by least squares: see `ridgeClassifier`. */
export class RidgeClassifier {
  readonly #penalty: number;
  #found: LinearMap | undefined;

  constructor(options: RidgeClassifierOptions = {}) {
    requireKnownOptions(options, ['penalty'], 'ridgeClassifier');
    const { penalty = 1 } = options;
    requirePenalty(penalty, 'ridgeClassifier');
    this.#penalty = penalty;
  }

  /** [features, classes] */
  get weights(): Tensor {
    return this.#map.weights;
  }

  /** [classes] */
  get bias(): Tensor {
    return this.#map.bias;
  }

  /**
   * Finds the weights.
   * @param x [rows, features], finite
   * @param labels [rows], whole numbers >= 0
   * @throws AntlerShapeError, AntlerValueError for anything else; AntlerNumericError if features depend on each other and
   * there is no penalty
   */
  fit(x: TensorLike, labels: TensorLike): this {
    const where = 'ridgeClassifier, fit';
    const data = classData(x, labels, where);
    this.#found = fitRidge(data.x, signedTargets(data), this.#penalty, where);
    return this;
  }

  /** Near 1 for the class, near -1 for others: [rows, features] to [rows, classes]. */
  scores(x: TensorLike): Tensor {
    const map = this.#map;
    const rows = floatRows(x, 'ridgeClassifier, scores', at(map.weights.shape, 0));
    return jit((given: Tensor) => applyLinear(map, given))(rows);
  }

  /** The class of the largest score: [rows, features] to int32 [rows]. */
  predict(x: TensorLike): Tensor {
    return argmax(this.scores(x), 1);
  }

  get #map(): LinearMap {
    return requireFitted(this.#found, 'ridgeClassifier');
  }
}

/**
 * Linear regression on targets of 1 for the class and -1 for the others, with a penalty on the weights (ridge; Hoerl &
 * Kennard 1970).
 */
export function ridgeClassifier(options: RidgeClassifierOptions = {}): RidgeClassifier {
  return new RidgeClassifier(options);
}
