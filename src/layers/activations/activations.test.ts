import { describe, expect, it } from 'vitest';
import { readGolden } from '../../../test/support/golden.ts';
import { expectLayerOf, type LayerCase } from '../../../test/support/layer-golden.ts';
import { tensor } from '../../ops/create.ts';
import { elu } from './elu.ts';
import { prelu } from './prelu.ts';
import { leakyRelu, relu } from './relu.ts';
import { softmax } from './softmax.ts';

const FACTORIES = { elu, leakyRelu, prelu, relu, softmax };

describe.each(readGolden<LayerCase[]>('layers/activations.json'))('$kind $options', (golden) => {
  it('is that of Keras', async () => {
    await expectLayerOf(FACTORIES, golden);
  });
});

describe('activation layers', () => {
  it('leave out what a mask hides', async () => {
    const mask = tensor([
      [true, false, true],
      [false, false, false],
    ]);
    const x = [
      [1, 5, 1],
      [1, 2, 3],
    ];
    expect(await softmax().apply(x, { mask }).array()).toEqual([
      [0.5, 0, 0.5],
      [0, 0, 0],
    ]);
  });

  it('refuse what makes no sense', () => {
    expect(() => relu({ maxValue: -1 })).toThrow('relu: expected maxValue >= 0, got -1');
    expect(() => leakyRelu({ negativeSlope: -1 })).toThrow('leakyRelu: expected negativeSlope >= 0, got -1');
    expect(() => prelu({ sharedAxes: [0] }).build([null, 2])).toThrow(
      'p_re_lu (prelu), sharedAxes: expected axes from 1 to 1, got 0',
    );
  });
});
