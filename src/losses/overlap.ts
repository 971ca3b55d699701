import { add, div, mul, sub } from '../ops/math/arithmetic.ts';
import { sum } from '../ops/reduce/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { EPSILON } from './epsilon.ts';
import { defineLoss } from './loss.ts';

interface OverAxes {
  /** The axes over which areas are added up, e.g. all but that of the batch. Default null: all. */
  readonly axis: number | readonly number[] | null;
}

/** Sums over the axes of a config. */
const over =
  ({ axis }: OverAxes) =>
  (x: Tensor): Tensor =>
    sum(x, axis ?? undefined);

/**
 * 1 - 2 |y p| / (|y| + |p|), for masks y in [0, 1] and predictions p of the same shape (Milletari 2016). A scalar,
 * or with `axis` the shape of the axes that are left.
 */
export const dice = defineLoss<OverAxes>({
  name: 'dice',
  labels: 'binary',
  defaults: { axis: null },
  perExample(config, y, p) {
    const area = over(config);
    const areas = add(add(area(y), area(p)), EPSILON);
    return sub(1, div(mul(area(mul(y, p)), 2), areas));
  },
});

interface TverskyConfig extends OverAxes {
  /** Weight of what the mask has and the prediction has not. Default 0.5. */
  readonly alpha: number;
  /** Weight of what the prediction has and the mask has not. Default 0.5. */
  readonly beta: number;
}

/**
 * 1 - |y p| / (|y p| + alpha |y (1 - p)| + beta |(1 - y) p|), for masks y in [0, 1] and predictions p of the same
 * shape (Salehi 2017). Shapes as `dice`. Alpha and beta as Keras 3 has them.
 */
export const tversky = defineLoss<TverskyConfig>({
  name: 'tversky',
  labels: 'binary',
  defaults: { alpha: 0.5, beta: 0.5, axis: null },
  perExample(config, y, p) {
    const area = over(config);
    const both = area(mul(y, p));
    const onlyMask = mul(area(mul(sub(1, p), y)), config.alpha);
    const onlyPrediction = mul(area(mul(p, sub(1, y))), config.beta);
    return sub(1, div(both, add(add(both, add(onlyMask, onlyPrediction)), EPSILON)));
  },
});
