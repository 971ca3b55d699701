import { normalize } from '../../ops/reduce/moments.ts';
import { defineLayer } from '../define-layer.ts';
import type { NormalizedAxes } from './layer-normalization.ts';

/** Options of `unitNormalization`. */
export interface UnitNormalizationConfig {
  /** The axes over which the length is taken. Default -1. */
  readonly axis: NormalizedAxes;
}

/** x over its Euclidean length along `axis`: the result has length 1. Any shape. As Keras 3. */
export const unitNormalization = defineLayer({
  type: 'UnitNormalization',
  defaults: { axis: -1 },
  supportsMasking: true,
  call: ({ config: { axis } }: { readonly config: UnitNormalizationConfig }, x) => normalize(x, { axis }),
});
