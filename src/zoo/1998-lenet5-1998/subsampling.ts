import { defineLayer } from '../../layers/define-layer.ts';
import { add, avgPool2d, mul } from '../../ops/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { fanInUniform } from './fan-in-uniform.ts';
import { squash } from './squash.ts';

const FOUR_INPUTS = fanInUniform({ fanIn: 4 });

interface SubsamplingConfig {
  readonly maps: number;
}

/**
 * The sum of each 2 x 2 window times its map's coefficient: [batch, height, width, maps] and [maps] to
 * [batch, height / 2, width / 2, maps].
 */
export function subsample(x: Tensor, coefficient: Tensor): Tensor {
  return mul(avgPool2d(x, { poolSize: 2 }), mul(4, coefficient));
}

/** squash(subsample(x, kernel) + bias), with one coefficient and one bias a map. */
export const trainableSubsampling = defineLayer({
  type: 'TrainableSubsampling',
  required: ['maps'],
  defaults: {},
  input: '[batch, height, width, channels]',
  build: ({ maps }: SubsamplingConfig, _input, weights) => ({
    kernel: weights.add('kernel', [maps], FOUR_INPUTS),
    bias: weights.add('bias', [maps], FOUR_INPUTS),
  }),
  call: ({ kernel, bias }, x) => squash(add(subsample(x, kernel), bias)),
});
