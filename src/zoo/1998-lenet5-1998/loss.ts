import {
  add,
  exp,
  expandDims,
  logaddexp,
  logsumexp,
  mul,
  neg,
  oneHot,
  square,
  sub,
  sum,
} from '../../ops/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { differences, distances } from './output.ts';

/**
 * The paper's j, of which it says only that it is positive: the distance of a rubbish class. Codes farther away than it
 * are pushed no further; a small one leaves the state drawn to its own code to the end. 1, 10 and 40 were compared on
 * the last 10,000 training images.
 */
const RUBBISH_DISTANCE = 1;

/**
 * The paper's loss by the state of F6: y_D + log(exp(-j) + sum exp(-y_i)), y the distances of the codes, D the class.
 * With the distance of the right code alone all weights of a trained output layer could collapse.
 * @param state [batch, 84]
 * @param labels integers [batch]
 * @returns [batch]
 */
export function lossOf(state: Tensor, labels: Tensor): Tensor {
  const y = distances(state);
  return add(sum(mul(y, oneHot(labels, 10)), { axis: -1 }), logOfRivals(y));
}

/** log(exp(-j) + sum exp(-y_i)): [batch, 10] to [batch]. */
function logOfRivals(y: Tensor): Tensor {
  return logaddexp(logsumexp(neg(y), -1), -RUBBISH_DISTANCE);
}

/**
 * The second derivative of the loss by each unit of F6, exactly: [batch, 84]. Never negative: a variance of the
 * slopes 2 (x - w_i), the classes weighed by their posterior p_i, and twice what is left to the rubbish class.
 */
export function curvatureOf(state: Tensor): Tensor {
  const y = distances(state);
  const p = exp(sub(neg(y), expandDims(logOfRivals(y), -1)));
  const slopes = mul(2, differences(state));
  const mean = (values: Tensor) => sum(mul(values, expandDims(p, -1)), { axis: 1 });
  const rubbish = sub(1, sum(p, { axis: -1, keepDims: true }));
  return add(sub(mean(square(slopes)), square(mean(slopes))), mul(2, rubbish));
}
