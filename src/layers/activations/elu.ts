import { elu as applyElu } from '../../activations/functions.ts';
import { defineLayer } from '../define-layer.ts';

/** Options of `elu`. */
export interface EluConfig {
  /** Minus the limit far below 0. Default 1. */
  readonly alpha: number;
}

/** x above 0, alpha (e^x - 1) below (Clevert 2015). Any shape. As Keras 3. */
export const elu = defineLayer({
  type: 'ELU',
  defaults: { alpha: 1 },
  supportsMasking: true,
  call: ({ config: { alpha } }: { readonly config: EluConfig }, x) => applyElu(x, alpha),
});
