import { describe, expect, it } from 'vitest';
import { expectGolden, goldenTensor } from '../../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../../test/support/golden.ts';
import { tensor, zeros } from '../../ops/create.ts';
import { mul } from '../../ops/math/arithmetic.ts';
import { sum } from '../../ops/reduce/reduce.ts';
import { gradients } from '../../tensor/gradient.ts';
import { at } from '../../util/errors.ts';
import type { Layer } from '../layer.ts';
import { maskOf, withMask } from '../masks.ts';
import { concatenate } from './concatenate.ts';
import { dot } from './dot.ts';
import { add, average, maximum, minimum, multiply, subtract } from './elementwise.ts';

interface Case {
  readonly kind: string;
  readonly options: object;
  readonly inputs: readonly GoldenArray[];
  readonly masks: readonly (GoldenArray | null)[];
  readonly y: GoldenArray;
  readonly mask: GoldenArray | null;
  readonly cotangent: GoldenArray;
  readonly slopes: readonly GoldenArray[] | null;
}

const FACTORIES: Record<string, (options: never) => Layer> = {
  add,
  average,
  concatenate,
  dot,
  maximum,
  minimum,
  multiply,
  subtract,
};

function make({ kind, options }: Case): Layer {
  const factory = FACTORIES[kind] as (options: object) => Layer;
  return factory(options);
}

const CASES = ['merging', 'joining'].flatMap((name) => readGolden<Case[]>(`layers/${name}.json`));

describe.each(CASES)('$kind $options', (golden) => {
  it('is that of Keras', async () => {
    const layer = make(golden);
    const inputs = golden.inputs.map(goldenTensor);
    const masked = inputs.map((x, i) => {
      const mask = golden.masks[i];
      return withMask(x, mask ? goldenTensor(mask) : undefined);
    });
    const y = layer.apply(masked);
    await expectGolden(y, golden.y);
    expect(layer.computeOutputShape(inputs.map(({ shape }) => [null, ...shape.slice(1)]))).toEqual([
      null,
      ...golden.y.shape.slice(1),
    ]);
    const mask = maskOf(y);
    expect(mask === undefined).toBe(golden.mask === null);
    if (mask && golden.mask) await expectGolden(mask, golden.mask);
    if (!golden.slopes) return;
    const slopes = gradients(sum(mul(layer.apply(inputs), goldenTensor(golden.cotangent))), inputs);
    for (const [i, slope] of slopes.entries()) await expectGolden(slope, at(golden.slopes, i));
  });
});

describe('merging', () => {
  it('takes nested arrays as a list of inputs', async () => {
    expect(
      await add()
        .apply([[[1, 2]], [[10, 20]]])
        .array(),
    ).toEqual([[11, 22]]);
  });

  it('keeps integers', () => {
    const bytes = tensor([[1]], 'uint8');
    expect(concatenate().apply([bytes, bytes]).dtype).toBe('uint8');
  });

  it('gives zeros a direction', async () => {
    const layer = dot({ axes: 1, normalize: true });
    expect(await layer.apply([zeros([1, 2]), zeros([1, 2])]).array()).toEqual([[0]]);
  });

  it('refuses inputs that do not fit', () => {
    expect(() => subtract().apply([zeros([1, 2])])).toThrow(
      'subtract (subtract), input: expected a list of two tensors, got 1; write layer.apply([a, b])',
    );
    expect(() => add().apply([zeros([1, 2]), zeros([1, 3])])).toThrow(/^add \(add\), /);
    expect(() => concatenate().apply([zeros([1, 2, 3]), zeros([1, 4, 3])])).toThrow(
      'expected shapes that are alike but for axis 2, got [batch, 2, 3] and [batch, 4, 3]',
    );
    expect(() => dot({ axes: 1 }).apply([zeros([1, 2]), zeros([1, 3])])).toThrow(
      'expected axis 1 of the first as long as axis 1 of the second',
    );
    expect(() => dot({ axes: 0 }).apply([zeros([1, 2]), zeros([1, 2])])).toThrow('an axis behind the batch');
    expect(() => dot({ axes: [1] as never })).toThrow(
      'dot: expected axes, one or two whole numbers, got [1]',
    );
  });
});
