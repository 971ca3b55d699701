import { type ActivationLike, resolveActivation } from '../../activations/resolve.ts';
import { defineLayer, type LayerFactory, type OptionsOf } from '../define-layer.ts';
import type { Layer } from '../layer.ts';
import type { LayerOptions } from '../layer-options.ts';

/** Options of `activation`. */
export interface ActivationConfig {
  readonly activation: ActivationLike;
}

const fromOptions: LayerFactory<OptionsOf<ActivationConfig, object>> = defineLayer({
  type: 'Activation',
  required: ['activation'],
  defaults: {},
  supportsMasking: true,
  check({ activation: chosen }: ActivationConfig, where) {
    resolveActivation(chosen, where);
  },
  call: ({ config }, x) => resolveActivation(config.activation, 'activation')(x),
});

/**
 * A function of each element, by name or as a function: `activation('relu')`, `activation({ activation:
 * 'relu' })`.
 */
export function activation(chosen: ActivationLike | (ActivationConfig & LayerOptions)): Layer {
  return fromOptions(typeof chosen === 'object' ? chosen : { activation: chosen });
}
