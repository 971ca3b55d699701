import { div } from '../../ops/math/arithmetic.ts';
import { l1l2 } from '../../regularizers/regularizers.ts';
import { AntlerValueError } from '../../util/errors.ts';
import { defineLayer } from '../define-layer.ts';

/** Options of `activityRegularization`. */
export interface ActivityRegularizationConfig {
  /** Factor of sum |x|. Default 0. */
  readonly l1: number;
  /** Factor of sum x^2. Default 0. */
  readonly l2: number;
}

/**
 * The identity; adds l1 sum |x| + l2 sum x^2, over the size of the batch, to the loss. Any shape. As Keras 3. The
 * option `activityRegularizer` of any layer does the same to its results.
 */
export const activityRegularization = defineLayer({
  type: 'ActivityRegularization',
  defaults: { l1: 0, l2: 0 },
  supportsMasking: true,
  check({ l1, l2 }: ActivityRegularizationConfig, where) {
    if (l1 >= 0 && l2 >= 0) return;
    throw new AntlerValueError({ where, expected: 'l1 and l2 >= 0', got: `${l1} and ${l2}` });
  },
  call({ config, addLoss }, x) {
    addLoss(div(l1l2(config).penalty(x), Math.max(1, x.shape[0] ?? 1)));
    return x;
  },
});
