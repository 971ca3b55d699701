import { scan } from '../../ops/control/control.ts';
import { arange } from '../../ops/create.ts';
import { add, mul, sub } from '../../ops/math/arithmetic.ts';
import { sum } from '../../ops/reduce/reduce.ts';
import { slice } from '../../ops/shape/slicing.ts';
import { normal } from '../../random/distributions.ts';
import { foldIn } from '../../random/keys.ts';
import { grad } from '../../tensor/gradient.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Progress } from '../study.ts';
import type { Energy } from './density.ts';

/** Options of `sample`. */
export interface LangevinOptions {
  /** First points, [chains, 2]. */
  readonly start: Tensor;
  /** epsilon of a step. */
  readonly stepSize: number;
  /** Rounded up to hundreds. */
  readonly steps: number;
  /** Chains whose ways are kept. */
  readonly pathCount: number;
  readonly key: Tensor;
  readonly progress: Progress;
}

/** Where chains ended, and how some of them went. */
export interface Walks {
  /** [chains, 2] */
  readonly points: Float32Array;
  /** [steps, pathCount, 2] */
  readonly paths: Float32Array;
}

/** Steps of one call of the compiled loop. */
const STEPS_A_CALL = 100;

/** x - (epsilon / 2) grad E(x) + sqrt(epsilon) n, with n standard normal. */
export function langevinStep(energy: Energy, x: Tensor, noise: Tensor, stepSize: number): Tensor {
  const slope = grad((points: Tensor) => sum(energy(points)))(x);
  return add(sub(x, mul(slope, stepSize / 2)), mul(noise, Math.sqrt(stepSize)));
}

/** Draws points from exp(-E) / Z by Langevin's equation, without Z. */
export async function walk(energy: Energy, options: LangevinOptions): Promise<Walks> {
  const { start, stepSize, steps, pathCount, key, progress } = options;
  const advance = jit((from: Tensor, callKey: Tensor) =>
    scan(
      (x: Tensor, step: Tensor) => {
        const noise = normal(foldIn(callKey, step), x.shape);
        return [langevinStep(energy, x, noise, stepSize), slice(x, [0, 0], [pathCount, 2])];
      },
      from,
      arange(STEPS_A_CALL),
    ),
  );
  const calls = Math.ceil(steps / STEPS_A_CALL);
  const paths = new Float32Array(calls * STEPS_A_CALL * pathCount * 2);
  let points = start;
  for (let call = 0; call < calls; call++) {
    const [next, passed] = advance(points, foldIn(key, call));
    paths.set(await passed.data(), call * STEPS_A_CALL * pathCount * 2);
    points = next;
    await progress((call + 1) / calls);
  }
  return { points: (await points.data()) as Float32Array, paths };
}
