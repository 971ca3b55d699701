import * as layers from '../../layers/index.ts';
import { type Sequential, sequential } from '../../models/sequential.ts';

/** The paper's: background -0.1, ink 1.175, so that pixels have mean 0 and variance 1 (LeCun and others 1998). */
const PIXELS = { scale: 1.275 / 255, offset: -0.1 } as const;

/**
 * LeNet as the lecture draws it, with rectified units: uint8 [batch, 28, 28, 1] to class probabilities [batch, 10].
 * 61,706 parameters.
 */
export function buildLenet(seed: number): Sequential {
  return sequential({
    seed,
    layers: [
      layers.input({ shape: [28, 28, 1] }),
      layers.rescaling(PIXELS),
      layers.conv2d({
        filters: 6,
        kernelSize: 5,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: 'heUniform',
      }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.conv2d({ filters: 16, kernelSize: 5, activation: 'relu' }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.flatten(),
      layers.dense({ units: 120, activation: 'relu' }),
      layers.dense({ units: 84, activation: 'relu' }),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
}
