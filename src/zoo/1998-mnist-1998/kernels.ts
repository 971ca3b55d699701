import { kernelMachine } from '../../classic/kernel-machine.ts';
import { rbfNetwork } from '../../classic/rbf-network.ts';
import { div, square } from '../../ops/math/arithmetic.ts';
import { sqrt } from '../../ops/math/math.ts';
import { sum } from '../../ops/reduce/reduce.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Progress } from '../study.ts';
import { errorOfRows, pixelRows, type Split, section } from './digits.ts';

/** Of 1998: 1,000 units, a hundred a class. */
const CENTRES_PER_CLASS = 100;

/** More iterations move the centres, not the error. */
const K_MEANS_ITERATIONS = 8;

/** Gaussian units around centres of each class, and a linear layer on them. */
export async function radialBasis({ train, test }: Split, seed: number, progress: Progress): Promise<number> {
  using rows = pixelRows(train);
  const model = rbfNetwork({
    centresPerClass: Math.min(CENTRES_PER_CLASS, Math.floor(train.count / 20)),
    maxIterations: K_MEANS_ITERATIONS,
    seed,
  });
  await model.fit(rows, train.labels, (done) => progress(0.8 * done, 'centres'));
  return await errorOfRows(
    (x) => model.predict(x),
    test,
    (done) => progress(0.8 + 0.2 * done),
  );
}

/** What a matrix of all pairs of digits leaves room and time for. */
const MACHINE_DIGITS = 10_000;

/** Chosen on the last training digits. */
const TOLERANCE = 5e-4;
const MACHINE = {
  kernel: { name: 'polynomial', degree: 4, gamma: 1 },
  penalty: 1,
  tolerance: TOLERANCE,
} as const;

/** A support vector machine with a polynomial of degree 4, on the first 10,000 training digits. */
export async function polynomialMachine({ train, test }: Split, progress: Progress): Promise<number> {
  const some = section(train, 0, Math.min(train.count, MACHINE_DIGITS));
  const scale = jit(scaled);
  using pixels = pixelRows(some);
  using rows = scale(pixels);
  const model = await kernelMachine(MACHINE).fit(rows, some.labels, (_, slope) =>
    progress(0.9 * Math.min(1, Math.log(slope) / Math.log(TOLERANCE)), `gradient ${slope.toExponential(1)}`),
  );
  return await errorOfRows(
    (x) => model.predict(scale(x)),
    test,
    (done) => progress(0.9 + 0.1 * done),
  );
}

/** Rows of length 1: how much ink a digit has says nothing of its class. */
function scaled(rows: Tensor): Tensor {
  return div(rows, sqrt(sum(square(rows), { axis: 1, keepDims: true })));
}
