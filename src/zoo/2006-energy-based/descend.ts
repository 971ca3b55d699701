import { adam } from '../../optimizers/index.ts';
import { cosineDecay } from '../../optimizers/schedules.ts';
import { foldIn } from '../../random/keys.ts';
import { valueAndGrad } from '../../tensor/gradient.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Variable } from '../../tensor/variable.ts';
import type { Progress } from '../study.ts';
import type { Weights } from './network.ts';

/** How long and how fast to descend. */
export interface Descent {
  readonly steps: number;
  /** Of the first step; falls to zero along a cosine. */
  readonly learningRate: number;
  /** What the loss may draw random numbers from; another key in each step. */
  readonly key: Tensor;
  readonly progress: Progress;
}

/** Steps between two reports of progress. */
const REPORT_EVERY = 50;

/**
 * Changes variables so that a loss falls, with Adam. The whole step is one compiled program.
 * @param loss of the variables' values, a scalar
 */
export async function descend(
  variables: readonly Variable[],
  loss: (weights: Weights, key: Tensor) => Tensor,
  { steps, learningRate, key, progress }: Descent,
): Promise<void> {
  const rate = cosineDecay({ initialLearningRate: learningRate, decaySteps: steps });
  const optimizer = adam({ learningRate: rate });
  optimizer.build(variables);
  const update = jit(() => {
    const values: Weights = variables.map((one) => one.read());
    const stepKey = foldIn(key, optimizer.iterations.read());
    const [value, slopes] = valueAndGrad((weights: Weights) => loss(weights, stepKey))(values);
    optimizer.apply(slopes, variables);
    return value;
  });
  for (let step = 0; step < steps; step++) {
    optimizer.beginStep(step);
    using value = update();
    if (step % REPORT_EVERY === 0)
      await progress(step / steps, `loss ${(await value.item()).toPrecision(3)}`);
  }
}
