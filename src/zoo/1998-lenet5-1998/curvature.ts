import { div, mul, square, sum } from '../../ops/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { vjp } from '../../tensor/vjp.ts';
import { at } from '../../util/errors.ts';
import { curvatureOf } from './loss.ts';
import { STAGES, type Stage, type StageWeights, statesOf } from './network.ts';
import { squashSlope } from './squash.ts';

/**
 * The Gauss-Newton estimate of the loss's second derivative by every weight, a mean over images.
 * @param input [batch, 32, 32, 1]
 */
export function curvatures(input: Tensor, weights: readonly StageWeights[]): readonly StageWeights[] {
  const states = statesOf(input, weights);
  return curvaturesBelow(curvatureOf(at(states, -1)), states, weights, STAGES);
}

/**
 * One pass backwards as for gradients, but through squared weights, squared inputs and squared slopes, so that every
 * term stays positive (LeCun et al. 1998, appendix C). Of a weight that several connections share it is their sum.
 * @param ofTop the second derivative by what the last stage gives
 * @param states the input of the first stage, and what each gives
 */
export function curvaturesBelow(
  ofTop: Tensor,
  states: readonly Tensor[],
  weights: readonly StageWeights[],
  stages: readonly Stage[],
): readonly StageWeights[] {
  const count = at(ofTop.shape, 0);
  const found: StageWeights[] = [];
  let ofState = ofTop;
  for (let i = stages.length - 1; i >= 0; i--) {
    const { products } = at(stages, i);
    const ofSums = mul(square(squashSlope(at(states, i + 1))), ofState);
    const squares = [square(at(states, i)), square(at(weights, i).kernel)] as const;
    const [, pullback] = vjp(([x, kernel]: readonly [Tensor, Tensor]) => products(x, kernel))(squares);
    const [ofBelow, ofKernel] = pullback(ofSums);
    const leading = ofSums.shape.slice(0, -1).map((_, axis) => axis);
    found.unshift({ kernel: div(ofKernel, count), bias: div(sum(ofSums, leading), count) });
    ofState = ofBelow;
  }
  return found;
}
