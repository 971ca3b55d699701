import { add, mul, neg, square } from '../../ops/math/arithmetic.ts';
import { sum } from '../../ops/reduce/reduce.ts';
import { concat, squeeze } from '../../ops/shape/shape.ts';
import { normal } from '../../random/distributions.ts';
import { foldIn, split } from '../../random/keys.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Variable } from '../../tensor/variable.ts';
import type { Progress } from '../study.ts';
import type { Energy } from './density.ts';
import { descend } from './descend.ts';
import { network, networkWeights, type Weights } from './network.ts';
import { ringPoints } from './ring.ts';
import { denoisingScoreMatching, scoreOf } from './score-matching.ts';

/** Units of the energy's network: a point of the plane to one number. */
const SIZES = [2, 128, 128, 1];

/** Noise of denoising; adds a sixth to the variance of each mode. */
const SIGMA = 0.1;

/** The network is bounded, so this paraboloid keeps exp(-E) integrable: its deviation reaches past the ring. */
const BOWL_DEVIATION = 2;

/** How long the landscape is trained. */
export interface LandscapeSettings {
  readonly steps: number;
  /** Noisy points of a step, all fresh. An even number. */
  readonly batchSize: number;
}

/** E(x) = |x|^2 / (2 deviation^2) + network(x). */
export function energyOf(weights: Weights): Energy {
  return (x) => add(mul(sum(square(x), -1), 1 / (2 * BOWL_DEVIATION ** 2)), squeeze(network(weights, x), -1));
}

/** Learns the energy of the ring by denoising score matching. */
export async function learnLandscape(
  key: Tensor,
  { steps, batchSize }: LandscapeSettings,
  progress: Progress,
): Promise<readonly Variable[]> {
  const variables = networkWeights(foldIn(key, 0), SIZES);
  const loss = (weights: Weights, stepKey: Tensor) => {
    const [forPoints, forNoise] = split(stepKey);
    const points = ringPoints(forPoints, batchSize / 2);
    const noise = normal(forNoise, points.shape);
    // with -noise beside noise the terms that only add variance cancel
    const [twice, both] = [concat([points, points]), concat([noise, neg(noise)])];
    return denoisingScoreMatching(scoreOf(energyOf(weights)), twice, both, SIGMA);
  };
  await descend(variables, loss, { steps, learningRate: 0.003, key: foldIn(key, 1), progress });
  return variables;
}
