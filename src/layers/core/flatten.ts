import { reshape } from '../../ops/shape/shape.ts';
import { sizeOf } from '../../util/shapes.ts';
import { defineLayer } from '../define-layer.ts';

/** Joins all axes behind the batch: [batch, ...] to [batch, features]. As Keras 3. */
export const flatten = defineLayer({
  type: 'Flatten',
  defaults: {},
  inputDType: 'any',
  call: (_layer, x) => reshape(x, [x.shape[0] ?? 1, sizeOf(x.shape.slice(1))]),
});
