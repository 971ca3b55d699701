import { abs, square, sub } from '../ops/arithmetic.ts';
import { mean } from '../ops/reduce.ts';
import { alignLabels } from './align.ts';
import { defineLoss } from './loss.ts';

/** Mean over the last axis of (y - prediction)^2: [batch, ..., outputs] to [batch, ...]. */
export const meanSquaredError = defineLoss({
  name: 'meanSquaredError',
  labels: 'values',
  defaults: {},
  perExample: (_config, yTrue, yPred) => {
    const y = alignLabels(yTrue, yPred, 'meanSquaredError');
    return mean(square(sub(yPred, y)), -1);
  },
});

/** Mean over the last axis of |y - prediction|: [batch, ..., outputs] to [batch, ...]. */
export const meanAbsoluteError = defineLoss({
  name: 'meanAbsoluteError',
  labels: 'values',
  defaults: {},
  perExample: (_config, yTrue, yPred) => {
    const y = alignLabels(yTrue, yPred, 'meanAbsoluteError');
    return mean(abs(sub(yPred, y)), -1);
  },
});
