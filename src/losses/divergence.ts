import { add, clip, div, mul, sub } from '../ops/math/arithmetic.ts';
import { log } from '../ops/math/math.ts';
import { mean, sum } from '../ops/reduce/reduce.ts';
import { EPSILON } from './epsilon.ts';
import { defineLoss } from './loss.ts';

/**
 * sum over the last axis of y log(y / p), both clipped to [1e-7, 1] (Kullback and Leibler 1951): probabilities
 * [batch, ..., classes] to [batch, ...].
 */
export const kullbackLeibler = defineLoss({
  name: 'kullbackLeibler',
  labels: 'oneHot',
  defaults: {},
  perExample(_config, yTrue, predictions) {
    const y = clip(yTrue, EPSILON, 1);
    return sum(mul(y, log(div(y, clip(predictions, EPSILON, 1)))), -1);
  },
});

/**
 * Mean over the last axis of p - y log(p + 1e-7), for counts y and rates p: [batch, ..., outputs] to [batch, ...].
 */
export const poisson = defineLoss({
  name: 'poisson',
  labels: 'values',
  defaults: {},
  perExample: (_config, y, rates) => mean(sub(rates, mul(y, log(add(rates, EPSILON)))), -1),
});
