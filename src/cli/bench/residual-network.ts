import { symbolicInput as input } from '../../layers/core/input.ts';
import { defineLayer } from '../../layers/define-layer.ts';
import * as layers from '../../layers/index.ts';
import type { SymbolicTensor } from '../../layers/symbolic-tensor.ts';
import { type Functional, model } from '../../models/functional.ts';
import { maxPool2d } from '../../ops/nn/pool.ts';
import { pad } from '../../ops/shape/tiling.ts';
import { at } from '../../util/errors.ts';

/** Filters of the stages; all but the first halve the image. */
const STAGES = [16, 32, 64] as const;
const BLOCKS_PER_STAGE = 3;

/**
 * ResNet-20 for CIFAR-10: float [batch, 32, 32, 3] to class probabilities [batch, 10]. He, Zhang, Ren and Sun 2015,
 * section 4.2; shortcuts without weights (option A).
 */
export function buildResnet20({ seed }: { readonly seed: number }): Functional {
  const image = input({ shape: [32, 32, 3] });
  let x = relu(normalizedConv(image, STAGES[0], 1));
  STAGES.forEach((filters, stage) => {
    for (let block = 0; block < BLOCKS_PER_STAGE; block++) {
      x = residualBlock(x, filters, stage > 0 && block === 0 ? 2 : 1);
    }
  });
  const features = layers.globalAveragePooling2d().apply(x);
  const outputs = layers.dense({ units: 10, activation: 'softmax' }).apply(features);
  return model({ name: 'resnet20', seed, inputs: image, outputs });
}

function residualBlock(x: SymbolicTensor, filters: number, strides: number): SymbolicTensor {
  const inner = relu(normalizedConv(x, filters, strides));
  const shortcut = strides === 1 ? x : coarser({ filters, strides }).apply(x);
  return relu(layers.add().apply([shortcut, normalizedConv(inner, filters, 1)]));
}

function normalizedConv(x: SymbolicTensor, filters: number, strides: number): SymbolicTensor {
  const conv = layers.conv2d({
    filters,
    kernelSize: 3,
    strides,
    padding: 'same',
    useBias: false,
    kernelInitializer: 'heNormal',
  });
  return layers.batchNormalization().apply(conv.apply(x));
}

function relu(x: SymbolicTensor): SymbolicTensor {
  return layers.activation({ activation: 'relu' }).apply(x);
}

interface CoarserConfig {
  readonly filters: number;
  readonly strides: number;
}

/**
 * Every so many pixels, with channels of zeros on both sides: [batch, height, width, channels] to
 * [batch, height / strides, width / strides, filters].
 */
const coarser = defineLayer({
  type: 'Coarser',
  required: ['filters', 'strides'],
  defaults: {},
  build: (_config: CoarserConfig) => ({}),
  call({ config: { filters, strides } }, x) {
    const missing = (filters - at(x.shape, -1)) / 2;
    const pixels = maxPool2d(x, { poolSize: 1, strides });
    return pad(
      pixels,
      x.shape.map((_, axis) => (axis === x.shape.length - 1 ? [missing, missing] : [0, 0])),
    );
  },
});
