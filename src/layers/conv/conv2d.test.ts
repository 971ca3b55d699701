import { describe, expect, it } from 'vitest';
import { readGolden } from '../../../test/support/golden.ts';
import { expectLayer, type LayerCase } from '../../../test/support/layer-golden.ts';
import { conv2d } from './conv2d.ts';

describe.each(readGolden<LayerCase[]>('layers/conv.json'))('$kind $options', (golden) => {
  it('is that of Keras', async () => {
    await expectLayer(conv2d(golden.options as Parameters<typeof conv2d>[0]), golden);
  });
});

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
      'conv2 (conv2d), input: expected [batch, height, width, channels], got [32, 784]; put layers.reshape({ targetShape })',
    );
    expect(() => conv2d({ filters: 2, kernelSize: 5 }).computeOutputShape([null, 4, 4, 1])).toThrow(
      'conv2d (conv2d), conv2d: expected a window no larger than the padded input [4, 4], got [5, 5]',
    );
  });
});
