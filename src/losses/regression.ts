import { abs, add, div, maximum, mul, neg, square, sub, where } from '../ops/math/arithmetic.ts';
import { lessEqual } from '../ops/math/compare.ts';
import { log } from '../ops/math/math.ts';
import { softplus } from '../ops/nn/nn.ts';
import { normalize } from '../ops/reduce/moments.ts';
import { mean, sum } from '../ops/reduce/reduce.ts';
import { EPSILON } from './epsilon.ts';
import { defineLoss } from './loss.ts';
import { requireAtLeast } from './options.ts';

/** Mean over the last axis of (y - prediction)^2: [batch, ..., outputs] to [batch, ...]. */
export const meanSquaredError = defineLoss({
  name: 'meanSquaredError',
  labels: 'values',
  defaults: {},
  perExample: (_config, y, prediction) => mean(square(sub(prediction, y)), -1),
});

/** Mean over the last axis of |y - prediction|: [batch, ..., outputs] to [batch, ...]. */
export const meanAbsoluteError = defineLoss({
  name: 'meanAbsoluteError',
  labels: 'values',
  defaults: {},
  perExample: (_config, y, prediction) => mean(abs(sub(prediction, y)), -1),
});

/** Mean over the last axis of 100 |y - prediction| / |y|, |y| at least 1e-7: [batch, ..., outputs] to [batch, ...]. */
export const meanAbsolutePercentageError = defineLoss({
  name: 'meanAbsolutePercentageError',
  labels: 'values',
  defaults: {},
  perExample: (_config, y, prediction) =>
    mul(mean(abs(div(sub(y, prediction), maximum(abs(y), EPSILON))), -1), 100),
});

/**
 * Mean over the last axis of (log(1 + y) - log(1 + prediction))^2, both at least 1e-7: [batch, ..., outputs] to
 * [batch, ...].
 */
export const meanSquaredLogarithmicError = defineLoss({
  name: 'meanSquaredLogarithmicError',
  labels: 'values',
  defaults: {},
  perExample(_config, y, prediction) {
    const [a, b] = [prediction, y].map((x) => log(add(maximum(x, EPSILON), 1))) as [typeof y, typeof y];
    return mean(square(sub(a, b)), -1);
  },
});

/**
 * Minus the cosine of the angle between label and prediction: -1 for the same direction, 1 for the opposite, 0 for
 * zeros. [batch, ..., features] to [batch, ...]; `axis` (default -1) is that of the vectors.
 */
export const cosineSimilarity = defineLoss<{ readonly axis: number }>({
  name: 'cosineSimilarity',
  labels: 'values',
  defaults: { axis: -1 },
  perExample: ({ axis }, y, prediction) =>
    neg(sum(mul(normalize(y, { axis }), normalize(prediction, { axis })), axis)),
});

/**
 * Mean over the last axis of e^2 / 2 for errors |e| up to `delta` (default 1), delta |e| - delta^2 / 2 beyond (Huber
 * 1964): [batch, ..., outputs] to [batch, ...].
 */
export const huber = defineLoss<{ readonly delta: number }>({
  name: 'huber',
  labels: 'values',
  defaults: { delta: 1 },
  check: ({ delta }) => requireAtLeast(delta, 0, 'delta', 'huber'),
  perExample({ delta }, y, prediction) {
    const error = sub(prediction, y);
    const size = abs(error);
    const straight = sub(mul(size, delta), (delta * delta) / 2);
    return mean(where(lessEqual(size, delta), mul(square(error), 0.5), straight), -1);
  },
});

/** Mean over the last axis of log(cosh(prediction - y)), without overflow: [batch, ..., outputs] to [batch, ...]. */
export const logCosh = defineLoss({
  name: 'logCosh',
  labels: 'values',
  defaults: {},
  perExample(_config, y, prediction) {
    const size = abs(sub(prediction, y)); // cosh is even
    return mean(sub(add(size, softplus(mul(size, -2))), Math.LN2), -1);
  },
});
