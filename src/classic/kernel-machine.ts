import type { TensorLike } from '../ops/convert.ts';
import { matmul } from '../ops/linalg/linalg.ts';
import { max } from '../ops/reduce/reduce.ts';
import { argmax } from '../ops/search/arg.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { classData, floatRows, requireCount, requirePositive, signedTargets } from './class-data.ts';
import type { IterationListener } from './fast-ica.ts';
import { requireFitted } from './fitted.ts';
import { type Descent, descend, startOf } from './kernel-descent.ts';
import { type Kernel, type KernelOptions, kernelOf } from './kernels.ts';
import { mapRows } from './row-blocks.ts';

/** Options of `kernelMachine`. */
export interface KernelMachineOptions {
  /** Default a Gaussian of width by the number of features. */
  readonly kernel?: KernelOptions;
  /** Times the squared norm of the functions, added to the sum of squared hinges: 1 / (2 C) of an SVM. Default 1. */
  readonly penalty?: number;
  /** Default 1000. */
  readonly maxIterations?: number;
  /** Iterations end when no class's gradient is longer than this share of what it was at first; float32 reaches 1e-4. Default 1e-3. */
  readonly tolerance?: number;
}

interface Machine {
  readonly rows: Tensor;
  readonly coefficients: Tensor;
  readonly iterations: number;
  readonly converged: boolean;
}

const OPTIONS = ['kernel', 'penalty', 'maxIterations', 'tolerance'];

/** Iterations of one call of the compiled program. */
const STRIDE = 10;

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

  /** [rows, classes]; near 0 for rows outside the margin of a class: the others are its support vectors. */
  get coefficients(): Tensor {
    return this.#machine.coefficients;
  }

  /** How many iterations `fit` took. */
  get iterations(): number {
    return this.#machine.iterations;
  }

  /** Whether the tolerance was reached within the iterations allowed. */
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
    const advance = jit(
      (state: Descent, k: Tensor, y: Tensor) => descend(state, { likeness: k, targets: y, penalty }, STRIDE),
      {
        donate: [0],
      },
    );
    let state = jit((k: Tensor, y: Tensor) => startOf({ likeness: k, targets: y, penalty }))(
      likeness,
      targets,
    );
    const first = Math.sqrt(await max(state.square).item());
    let [iterations, slope] = [0, 1];
    while (iterations < maxIterations && slope > tolerance) {
      state = advance(state, likeness, targets);
      slope = Math.sqrt(await max(state.square).item()) / first;
      iterations += STRIDE;
      await onIteration?.(iterations, slope);
    }
    likeness.dispose();
    const { coefficients } = state;
    this.#found = { rows: data.x, coefficients, iterations, converged: slope <= tolerance };
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
 * the f of least penalty |f|² + sum of max(0, 1 - y f)². Found in the primal (Chapelle 2007) by conjugate gradients in the
 * space of the kernel, for all classes at once.
 */
export function kernelMachine(options: KernelMachineOptions = {}): KernelMachine {
  return new KernelMachine(options);
}
