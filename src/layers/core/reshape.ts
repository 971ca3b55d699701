import { reshape as reshapeTensor } from '../../ops/shape/shape.ts';
import { AntlerValueError } from '../../util/errors.ts';
import type { Shape } from '../../util/shapes.ts';
import { defineLayer } from '../define-layer.ts';

/** Options of `reshape`. */
export interface ReshapeConfig {
  /** Shape of one example; one extent may be -1, which takes what is left. */
  readonly targetShape: Shape;
}

/**
 * Gives each example another shape of as many elements: [batch, ...] to [batch, ...targetShape]. As Keras 3.
 */
export const reshape = defineLayer({
  type: 'Reshape',
  required: ['targetShape'],
  defaults: {},
  inputDType: 'any',
  check({ targetShape }: ReshapeConfig, where) {
    const open = targetShape.filter((extent) => extent === -1).length;
    if (open <= 1 && targetShape.every((extent) => Number.isInteger(extent) && extent >= -1)) return;
    throw new AntlerValueError({
      where,
      expected: 'targetShape of whole extents, of which one may be -1',
      got: `[${targetShape.join(', ')}]`,
    });
  },
  call: ({ config }, x) => reshapeTensor(x, [x.shape[0] ?? 1, ...config.targetShape]),
});
