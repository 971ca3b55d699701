import { whileLoop } from '../ops/control/control.ts';
import type { TensorLike } from '../ops/convert.ts';
import { scalar, zerosLike } from '../ops/create.ts';
import { matmul } from '../ops/linalg/linalg.ts';
import { add, cast, div, maximum, mul, square, sub } from '../ops/math/arithmetic.ts';
import { greater, less, logicalAnd, notEqual } from '../ops/math/compare.ts';
import { any, sum } from '../ops/reduce/reduce.ts';
import { argmax } from '../ops/search/arg.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { classData, floatRows, requireCount, requirePositive, signedTargets } from './class-data.ts';
import type { IterationListener } from './fast-ica.ts';
import { requireFitted } from './fitted.ts';
import { type Kernel, type KernelOptions, kernelOf } from './kernels.ts';
import { mapRows } from './row-blocks.ts';

/** Options of `kernelMachine`. */
export interface KernelMachineOptions {
  /** Default a Gaussian of width by the number of features. */
  readonly kernel?: KernelOptions;
  /** Times the squared norm of the functions, added to the sum of squared hinges: 1 / (2 C) of an SVM. Default 1. */
  readonly penalty?: number;
  /** Newton's steps at most. Default 50. */
  readonly maxIterations?: number;
  /**
   * Steps end when no more than this share of the rows of all classes enters or leaves the margins, and each solves its
   * equations up to this share of their right side. Default 1e-3.
   */
  readonly tolerance?: number;
}

/** What one step is given: likenesses [rows, rows], targets and coefficients [rows, classes]. */
interface State {
  readonly likeness: Tensor;
  readonly targets: Tensor;
  readonly coefficients: Tensor;
}

interface Machine {
  readonly rows: Tensor;
  readonly coefficients: Tensor;
  readonly iterations: number;
  readonly converged: boolean;
}

const OPTIONS = ['kernel', 'penalty', 'maxIterations', 'tolerance'];

/** Steps of conjugate gradients for one of Newton's: before the last ones, nobody needs exact solutions. */
const MAX_INNER_STEPS = 40;

/** Rows whose likenesses to all that was learned from are held at once. */
const BLOCK_ROWS = 1024;

/** Support vectors with squared hinges: see `kernelMachine`. */
export class KernelMachine {
  readonly #options: Required<Omit<KernelMachineOptions, 'kernel'>>;
  readonly #kernel: Kernel;
  #found: Machine | undefined;

  constructor(options: KernelMachineOptions = {}) {
    const where = 'kernelMachine';
    requireKnownOptions(options, OPTIONS, where);
    const { kernel = { name: 'gaussian' }, penalty = 1, maxIterations = 50, tolerance = 1e-3 } = options;
    requirePositive(penalty, 'penalty', where);
    requirePositive(tolerance, 'tolerance', where);
    requireCount(maxIterations, 'maxIterations', where);
    this.#options = { penalty, maxIterations, tolerance };
    this.#kernel = kernelOf(kernel, where);
  }

  /** [rows, classes]; 0 for rows outside the margin of a class: what is left are its support vectors. */
  get coefficients(): Tensor {
    return this.#machine.coefficients;
  }

  /** How many of Newton's steps `fit` took. */
  get iterations(): number {
    return this.#machine.iterations;
  }

  /** Whether the tolerance was reached within the steps allowed. */
  get converged(): boolean {
    return this.#machine.converged;
  }

  /**
   * Finds the coefficients. Holds the likeness of all pairs of rows: 400 MB for 10,000.
   * @param x [rows, features], finite
   * @param labels [rows], whole numbers >= 0
   * @throws AntlerShapeError, AntlerValueError for anything else
   */
  async fit(x: TensorLike, labels: TensorLike, onIteration?: IterationListener): Promise<this> {
    const data = classData(x, labels, 'kernelMachine, fit');
    const { penalty, maxIterations, tolerance } = this.#options;
    const likeness = jit((rows: Tensor) => this.#kernel(rows, rows))(data.x);
    const targets = jit(() => signedTargets(data))();
    const step = jit((state: State) => newtonStep(state, penalty, tolerance));
    let coefficients = jit(() => zerosLike(targets))();
    let [iterations, changed] = [0, Number.POSITIVE_INFINITY];
    while (iterations < maxIterations && changed > tolerance) {
      const next = step({ likeness, targets, coefficients });
      coefficients.dispose();
      coefficients = next.coefficients;
      changed = (await next.changed.item()) / targets.size;
      iterations++;
      await onIteration?.(iterations, changed);
    }
    likeness.dispose();
    this.#found = { rows: data.x, coefficients, iterations, converged: changed <= tolerance };
    return this;
  }

  /** At least 1 for the class and at most -1 for others, outside the margins: [rows, features] to [rows, classes]. */
  scores(x: TensorLike): Tensor {
    const { rows, coefficients } = this.#machine;
    const given = floatRows(x, 'kernelMachine, scores', at(rows.shape, 1));
    const score = jit((block: Tensor, known: Tensor) => matmul(this.#kernel(block, known), coefficients));
    return mapRows(given, BLOCK_ROWS, (block) => score(block, rows));
  }

  /** The class of the largest score: [rows, features] to int32 [rows]. */
  predict(x: TensorLike): Tensor {
    return argmax(this.scores(x), 1);
  }

  get #machine(): Machine {
    return requireFitted(this.#found, 'kernelMachine');
  }
}

/**
 * A support vector machine with the squared hinge loss ("L2-SVM"), one against all the others for each class, without a bias:
 * the f of least penalty |f|² + sum of max(0, 1 - y f(x))². Found in the primal by Newton's method, for all classes at once:
 * Chapelle 2007, "Training a support vector machine in the primal".
 */
export function kernelMachine(options: KernelMachineOptions = {}): KernelMachine {
  return new KernelMachine(options);
}

/**
 * The coefficients that would be best if the rows inside the margins stayed the same, and how many rows of all classes
 * entered or left them since.
 */
function newtonStep(
  { likeness, targets, coefficients }: State,
  penalty: number,
  tolerance: number,
): { readonly coefficients: Tensor; readonly changed: Tensor } {
  const isInside = (c: Tensor): Tensor => cast(less(mul(targets, matmul(likeness, c)), 1), targets.dtype);
  const inside = isInside(coefficients);
  const next = conjugateGradients({
    apply: (v) => add(mul(inside, matmul(likeness, v)), mul(v, penalty)),
    right: mul(inside, targets),
    start: mul(inside, coefficients),
    tolerance,
  });
  const changed = sum(cast(notEqual(isInside(next), inside), 'int32'));
  return { coefficients: next, changed };
}

interface Equations {
  /** A positive definite map of columns. */
  readonly apply: (v: Tensor) => Tensor;
  readonly right: Tensor;
  readonly start: Tensor;
  readonly tolerance: number;
}

/** Solves for all columns at once; ends when the worst of them is good enough. */
function conjugateGradients({ apply, right, start, tolerance }: Equations): Tensor {
  const squares = (v: Tensor): Tensor => sum(square(v), { axis: 0 });
  const enough = maximum(mul(squares(right), tolerance ** 2), scalar(LEAST_SQUARE, right.dtype));
  const residual = sub(right, apply(start));
  const found = whileLoop(
    ({ square: rest, steps }) => logicalAnd(any(greater(rest, enough)), less(steps, MAX_INNER_STEPS)),
    ({ x, residual: r, direction, square: rest, steps }) => {
      const image = apply(direction);
      const length = div(rest, maximum(sum(mul(direction, image), { axis: 0 }), LEAST_SQUARE));
      const left = sub(r, mul(image, length));
      const after = squares(left);
      const turn = div(after, maximum(rest, LEAST_SQUARE));
      return {
        x: add(x, mul(direction, length)),
        residual: left,
        direction: add(left, mul(direction, turn)),
        square: after,
        steps: add(steps, 1),
      };
    },
    { x: start, residual, direction: residual, square: squares(residual), steps: scalar(0, 'int32') },
  );
  return found.x;
}

/** Columns that are solved exactly must not divide by 0. */
const LEAST_SQUARE = 1e-30;
