import * as layers from '../../layers/index.ts';
import { factoryName } from '../../layers/names.ts';

/** Layers of ours that Keras lacks. */
const OWN: ReadonlySet<string> = new Set(['LocalResponseNormalization']);

/** Whether a class is a layer of Keras that we have. */
export function isKerasLayer(type: string): boolean {
  if (OWN.has(type)) return false;
  return type === 'InputLayer' || Object.hasOwn(layers, factoryName(type));
}
