import { add, mul } from '../../ops/math/arithmetic.ts';
import { defineLayer } from '../define-layer.ts';

/** Options of `rescaling`. */
export interface RescalingConfig {
  readonly scale: number;
  readonly offset: number;
}

/** scale * x + offset, any shape; bytes become floats here: `rescaling({ scale: 1 / 255 })`. As Keras 3. */
export const rescaling = defineLayer({
  type: 'Rescaling',
  required: ['scale'],
  defaults: { offset: 0 },
  call({ config: { scale, offset } }: { readonly config: RescalingConfig }, x) {
    const scaled = mul(x, scale);
    return offset === 0 ? scaled : add(scaled, offset);
  },
});
