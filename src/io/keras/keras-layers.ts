import * as layers from '../../layers/index.ts';
import { factoryName } from '../../layers/names.ts';

/** Whether a class is a layer of Keras that we have. */
export function isKerasLayer(type: string): boolean {
  return type === 'InputLayer' || Object.hasOwn(layers, factoryName(type));
}
