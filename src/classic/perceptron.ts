import type { TensorLike } from '../ops/convert.ts';
import { matmul } from '../ops/linalg/linalg.ts';
import { matrixTranspose } from '../ops/linalg/matrix-functions.ts';
import { add, cast } from '../ops/math/arithmetic.ts';
import { reshape } from '../ops/shape/shape.ts';
import { slice } from '../ops/shape/slicing.ts';
import { permutationOf } from '../random/permutation.ts';
import { jit } from '../tensor/jit.ts';
import { fromHost, type Tensor } from '../tensor/tensor.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { requireFitted } from './fitted.ts';
import { finiteRows, SIGNS, type TargetKind, targetsOf } from './perceptron-data.ts';
import {
  averageWeights,
  initialState,
  MANY_CLASSES,
  onePass,
  type PerceptronRule,
  type PerceptronState,
  TWO_CLASSES,
} from './perceptron-pass.ts';

/** Options of `perceptron` and `multiclassPerceptron`. */
export interface PerceptronOptions {
  /** Passes after which `fit` gives up, for data that cannot be separated. Default 1000. */
  readonly maxPasses?: number;
  /** Visits the rows in another order at each pass, drawn from this seed. Default: always as they are given. */
  readonly shuffleSeed?: number;
}

/** How learning went. */
export interface PerceptronReport {
  /** Whether the last pass was without mistakes: the data is separated. */
  readonly separated: boolean;
  readonly passes: number;
  /** Mistakes of all passes together. */
  readonly mistakes: number;
  readonly mistakesPerPass: readonly number[];
}

/** Options of a call of `fit`. */
export interface PerceptronFitOptions {
  /** Called, and waited for, after each pass. What it throws ends learning. */
  readonly onPass?: (report: PerceptronReport) => void | Promise<void>;
}

/** A perceptron as it is used: w x + b, an output for each class, or one for two classes. */
export class LinearDecision {
  /** [outputs, features] */
  readonly weights: Tensor;
  /** [outputs] */
  readonly bias: Tensor;
  readonly #decide: (scores: Tensor) => Tensor;

  /** Not for users: comes from a perceptron. @param extended [outputs, features + 1], the bias last */
  constructor(extended: Tensor, decide: (scores: Tensor) => Tensor) {
    const [outputs, columns] = [at(extended.shape, 0), at(extended.shape, 1)];
    this.weights = slice(extended, [0, 0], [outputs, columns - 1]);
    this.bias = reshape(slice(extended, [0, columns - 1], [outputs, 1]), [outputs]);
    this.#decide = decide;
  }

  /** w x + b: [rows, features] to [rows, outputs]. @throws AntlerValueError for numbers that are not finite */
  scores(x: TensorLike): Tensor {
    const rows = finiteRows(x, 'perceptron, scores', at(this.weights.shape, 1));
    return add(matmul(cast(rows, this.weights.dtype), matrixTranspose(this.weights)), this.bias);
  }

  /** -1 or 1 (for two classes; a score of 0 gives -1), or the class of the highest score: int32 [rows]. */
  predict(x: TensorLike): Tensor {
    return this.#decide(this.scores(x));
  }
}

/** A linear classifier that learns from its mistakes: see `perceptron` and `multiclassPerceptron`. */
export class Perceptron {
  readonly #rule: PerceptronRule;
  readonly #targets: TargetKind;
  readonly #outputs: number;
  readonly #maxPasses: number;
  readonly #shuffleSeed: number | undefined;
  readonly #pass: (state: PerceptronState, x: Tensor, targets: Tensor, order: Tensor) => PerceptronState;
  #state: PerceptronState | undefined;
  #steps = 0;
  #mistakesPerPass: number[] = [];

  /** Not for users: perceptrons come from their factories. */
  constructor(rule: PerceptronRule, targets: TargetKind, outputs: number, options: PerceptronOptions) {
    requireKnownOptions(options, ['maxPasses', 'shuffleSeed'], 'perceptron');
    const { maxPasses = 1000, shuffleSeed } = options;
    requireWhole(maxPasses, 1, 'maxPasses');
    if (shuffleSeed !== undefined) requireWhole(shuffleSeed, 0, 'shuffleSeed');
    this.#rule = rule;
    this.#targets = targets;
    this.#outputs = outputs;
    this.#maxPasses = maxPasses;
    this.#shuffleSeed = shuffleSeed;
    this.#pass = jit((state, x, targets, order) => onePass(rule, state, x, targets, order));
  }

  /** Decides with the weights as the last example left them. @throws AntlerValueError before learning */
  get last(): LinearDecision {
    return new LinearDecision(this.#learned.weights, this.#rule.decide);
  }

  /**
   * Decides with the mean of the weights over all steps, which is steadier where the data cannot be separated (Freund
   * and Schapire 1999).
   * @throws AntlerValueError before learning
   */
  get averaged(): LinearDecision {
    return new LinearDecision(averageWeights(this.#learned, this.#steps), this.#rule.decide);
  }

  /** How learning went so far. */
  get report(): PerceptronReport {
    const mistakesPerPass = [...this.#mistakesPerPass];
    return {
      separated: mistakesPerPass.at(-1) === 0,
      passes: mistakesPerPass.length,
      mistakes: mistakesPerPass.reduce((sum, count) => sum + count, 0),
      mistakesPerPass,
    };
  }

  /**
   * Learns anew, from weights of 0: passes over the rows until one is without mistakes, or there were `maxPasses`.
   * @param x [rows, features]
   * @param targets [rows]
   * @throws AntlerShapeError, AntlerValueError for data that does not fit, and for numbers that are not finite
   */
  async fit(
    x: TensorLike,
    targets: TensorLike,
    { onPass }: PerceptronFitOptions = {},
  ): Promise<PerceptronReport> {
    const rows = finiteRows(x, 'perceptron, fit');
    const answers = targetsOf(targets, at(rows.shape, 0), this.#targets, 'perceptron, fit');
    this.#state = undefined;
    this.#steps = 0;
    this.#mistakesPerPass = [];
    while (!this.report.separated && this.#mistakesPerPass.length < this.#maxPasses) {
      await this.#goOver(rows, answers);
      await onPass?.(this.report);
    }
    return this.report;
  }

  /** One more pass over these rows, from the weights there are; else as `fit`. */
  async partialFit(x: TensorLike, targets: TensorLike): Promise<PerceptronReport> {
    const known = this.#state && at(this.#state.weights.shape, 1) - 1;
    const rows = finiteRows(x, 'perceptron, partialFit', known);
    await this.#goOver(rows, targetsOf(targets, at(rows.shape, 0), this.#targets, 'perceptron, partialFit'));
    return this.report;
  }

  async #goOver(x: Tensor, targets: Tensor): Promise<void> {
    const [count, features] = [at(x.shape, 0), at(x.shape, 1)];
    const dtype = x.dtype === 'float64' ? 'float64' : 'float32';
    const state = this.#state ?? initialState(this.#outputs, features, dtype);
    this.#state = this.#pass(state, x, targets, this.#orderOf(count));
    this.#steps += count;
    this.#mistakesPerPass.push(await this.#state.mistakes.item());
  }

  #orderOf(count: number): Tensor {
    const order =
      this.#shuffleSeed === undefined
        ? Int32Array.from({ length: count }, (_, row) => row)
        : permutationOf(count, this.#shuffleSeed, this.#mistakesPerPass.length);
    return fromHost(order, [count], 'int32');
  }

  get #learned(): PerceptronState {
    return requireFitted(this.#state, 'perceptron');
  }
}

function requireWhole(value: number, least: number, name: string): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new AntlerValueError({
    where: 'perceptron',
    expected: `${name}, a whole number from ${least}`,
    got: `${value}`,
  });
}

/**
 * Rosenblatt's perceptron (Psych. Rev. 65, 1958) for targets -1 and 1: where target (w x + b) <= 0, w += target x and
 * b += target. From weights of 0 it makes at most (R / margin)^2 mistakes on data that can be separated (Novikoff
 * 1962), R being the length of the longest row with a 1 at its end; see `maximumMargin`.
 */
export function perceptron(options: PerceptronOptions = {}): Perceptron {
  return new Perceptron(TWO_CLASSES, SIGNS, 1, options);
}

/**
 * The perceptron for any number of classes, targets 0 .. classes - 1: where another class scores at least as much as
 * the true one, the true one's weights gain the example and those of the highest other one lose it (Duda and Hart
 * 1973, Crammer and Singer 2003).
 * @throws AntlerValueError unless there are at least two classes
 */
export function multiclassPerceptron({
  classes,
  ...options
}: PerceptronOptions & { readonly classes: number }): Perceptron {
  requireWhole(classes, 2, 'classes');
  const includes = (target: number) => Number.isInteger(target) && target >= 0 && target < classes;
  return new Perceptron(MANY_CLASSES, { expected: `in 0 .. ${classes - 1}`, includes }, classes, options);
}
