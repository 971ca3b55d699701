import { where } from '../../ops/math/arithmetic.ts';
import { notEqual } from '../../ops/math/compare.ts';
import { any } from '../../ops/reduce/reduce.ts';
import { defineLayer } from '../define-layer.ts';

/** Options of `masking`. */
export interface MaskingConfig {
  readonly maskValue: number;
}

/**
 * Masks the steps [batch, time, features] whose features all equal `maskValue` (default 0), and makes them zeros. As
 * Keras 3.
 */
export const masking = defineLayer({
  type: 'Masking',
  defaults: { maskValue: 0 },
  input: '[batch, ..., features]',
  supportsMasking: true,
  computeMask: ({ maskValue }: MaskingConfig, [x]) => x && any(notEqual(x, maskValue), -1),
  call: ({ config: { maskValue } }, x) =>
    where(any(notEqual(x, maskValue), { axis: -1, keepDims: true }), x, 0),
});
