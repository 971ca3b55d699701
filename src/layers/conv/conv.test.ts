import { describe, expect, it } from 'vitest';
import { readGolden } from '../../../test/support/golden.ts';
import { expectLayerOf, type LayerCase } from '../../../test/support/layer-golden.ts';
import * as conv from './conv.ts';
import * as transposed from './conv-transpose.ts';
import * as depthwise from './depthwise-conv.ts';
import * as separable from './separable-conv.ts';

const FACTORIES = { ...conv, ...transposed, ...depthwise, ...separable };
const FIXTURES = ['conv1d', 'conv2d', 'conv3d', 'conv-transpose', 'separable-conv'];
const CASES = FIXTURES.flatMap((name) => readGolden<LayerCase[]>(`layers/${name}.json`));

describe.each(CASES)('$kind $options', (golden) => {
  it('is that of Keras', async () => {
    await expectLayerOf(FACTORIES, golden);
  });
});

const { conv2d } = conv;

describe('conv2d', () => {
  it('refuses what makes no sense', () => {
    expect(() => conv2d({ filters: 2, kernelSize: [1, 2, 3] as never })).toThrow(
      'conv2d: expected kernelSize, one or two whole numbers >= 1, got [1, 2, 3]',
    );
    expect(() => conv2d({ filters: 2, kernelSize: 3, padding: 'sam' as 'same' })).toThrow(
      "did you mean 'same'?",
    );
    expect(() => conv2d({ filters: 3, kernelSize: 3, groups: 2 })).toThrow(
      'filters that 2 groups share evenly, got 3',
    );
    expect(() => conv2d({ filters: 2, kernelSize: 3, groups: 2 }).build([null, 8, 8, 3])).toThrow(
      'conv2d (conv2d), input: expected channels that 2 groups share evenly, got [batch, 8, 8, 3]',
    );
  });

  it('refuses inputs that do not fit, by name', () => {
    const layer = conv2d({ name: 'conv2', filters: 2, kernelSize: 5 });
    expect(() => layer.computeOutputShape([32, 784])).toThrow(
      'conv2 (conv2d), input: expected [batch, height, width, channels], got [batch, 784]; put layers.reshape({ targetShape })',
    );
    expect(() => conv2d({ filters: 2, kernelSize: 5 }).computeOutputShape([null, 4, 4, 1])).toThrow(
      'conv2d (conv2d), conv2d: expected a window no larger than the padded input [4, 4], got [5, 5]',
    );
  });
});

describe('other convolutions', () => {
  it('refuse what makes no sense', () => {
    expect(() => conv.conv1d({ filters: 1, kernelSize: [1, 2] as never })).toThrow(
      'conv1d: expected kernelSize, one whole number >= 1, got [1, 2]',
    );
    expect(() => conv.conv3d({ filters: 1, kernelSize: 2, padding: 'causal' as 'same' })).toThrow(
      "conv3d: expected a padding, got 'causal'",
    );
    expect(() => transposed.conv2dTranspose({ filters: 1, kernelSize: 2, outputPadding: 1 })).toThrow(
      'conv2dTranspose: expected outputPadding, whole numbers from 0 up to the strides [1, 1], exclusive, got 1',
    );
    expect(() => depthwise.depthwiseConv2d({ kernelSize: 2, depthMultiplier: 0 })).toThrow(
      'depthwiseConv2d: expected depthMultiplier, a whole number >= 1, got 0',
    );
    expect(() => separable.separableConv1d({ filters: 0, kernelSize: 2 })).toThrow(
      'separableConv1d: expected filters, a whole number >= 1, got 0',
    );
  });
});
