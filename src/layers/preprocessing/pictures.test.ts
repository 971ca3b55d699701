import { describe, expect, it } from 'vitest';
import { expectGolden, goldenTensor } from '../../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../../test/support/golden.ts';
import { layerOf } from '../../../test/support/layer-golden.ts';
import { tensor, zeros } from '../../ops/create.ts';
import { mul } from '../../ops/math/arithmetic.ts';
import { sum } from '../../ops/reduce/reduce.ts';
import { gradients } from '../../tensor/gradient.ts';
import { at } from '../../util/errors.ts';
import * as layers from '../index.ts';
import { adjustContrast } from './random-contrast.ts';

interface PictureCase {
  readonly kind: string;
  readonly options: object;
  readonly training: boolean;
  readonly x: GoldenArray;
  readonly y: GoldenArray;
  readonly cotangent: GoldenArray;
  readonly slopeOfX: GoldenArray;
}

const CASES = ['pictures', 'augmentation', 'colours'].flatMap((name) =>
  readGolden<PictureCase[]>(`layers/${name}.json`),
);

describe.each(CASES)('$kind $options $x.shape', ({ training, ...golden }) => {
  it('is that of Keras', async () => {
    const layer = layerOf(layers, golden);
    const x = goldenTensor(golden.x);
    await expectGolden(layer.apply(x, { training }), golden.y);
    const total = sum(mul(layer.apply(x, { training }), goldenTensor(golden.cotangent)));
    await expectGolden(at(gradients(total, [x]), 0), golden.slopeOfX);
    expect(layer.weights).toEqual([]);
  });
});

describe.each(
  readGolden<{ factor: number; valueRange: [number, number]; x: GoldenArray; y: GoldenArray }[]>(
    'layers/contrast.json',
  ),
)('contrast $factor', ({ factor, valueRange, x, y }) => {
  it('is that of Keras', async () => {
    await expectGolden(adjustContrast(goldenTensor(x), tensor([factor]), valueRange), y);
  });
});

describe('layers of pictures', () => {
  it('know the shape of what they give', () => {
    expect(layers.centerCrop({ height: 2, width: 3 }).computeOutputShape([null, 5, 6, 1])).toEqual([
      null,
      2,
      3,
      1,
    ]);
    const crop = layers.randomCrop({ height: 2, width: 3 });
    expect(crop.computeOutputShape([null, 5, 6, 1])).toEqual([null, 2, 3, 1]);
    expect(crop.apply(zeros([2, 5, 6, 1])).shape).toEqual([2, 2, 3, 1]);
    expect(layers.randomFlip().computeOutputShape([null, 5, 6, 1])).toEqual([null, 5, 6, 1]);
  });

  it('turn bytes into floats', () => {
    const bytes = tensor([[[[7], [255]]]], 'uint8');
    expect(layers.resizing({ height: 1, width: 2 }).apply(bytes).dtype).toBe('float32');
  });

  it('refuse what makes no sense', () => {
    expect(() => layers.centerCrop({ height: 0, width: 1 })).toThrow(
      'centerCrop: expected height, a whole number >= 1, got 0',
    );
    expect(() => layers.resizing({ height: 1, width: 1, interpolation: 'area' as 'nearest' })).toThrow(
      "resizing: expected an interpolation, got 'area'",
    );
    expect(() => layers.resizing({ height: 1, width: 1, fillMode: 'wrap' as 'constant' })).toThrow(
      'expected a fillMode',
    );
    expect(() =>
      layers.resizing({ height: 1, width: 1, cropToAspectRatio: true, padToAspectRatio: true }),
    ).toThrow('expected cropToAspectRatio or padToAspectRatio, got both');
    expect(() => layers.centerCrop({ height: 1, width: 1 }).apply(zeros([2, 2]))).toThrow(
      'input: expected [..., height, width, channels], got [batch, 2]',
    );
    expect(() => layers.centerCrop({ height: 1, width: 1 }).apply(zeros([1, 1, 2, 2, 1]))).toThrow(
      'expected one picture, of 3 axes, or a batch of pictures, of 4, got [1, 1, 2, 2, 1]',
    );
  });
});
