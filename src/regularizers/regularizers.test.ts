import { describe, expect, it } from 'vitest';
import { goldenTensor } from '../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../test/support/golden.ts';
import { tensor } from '../ops/create.ts';
import * as regularizers from './index.ts';
import { type Regularizer, type RegularizerLike, resolveRegularizer } from './regularizers.ts';

interface Case {
  readonly kind: keyof typeof regularizers;
  readonly options: object;
  readonly weight: GoldenArray;
  readonly penalty: number;
}

const FACTORIES: Record<keyof typeof regularizers, (options: object) => Regularizer> = regularizers;

describe('regularizers', () => {
  it.each(readGolden<Case[]>('regularizers/regularizers.json'))('$kind $options', async (golden) => {
    const regularizer = FACTORIES[golden.kind](golden.options);
    expect(await regularizer.penalty(goldenTensor(golden.weight)).item()).toBeCloseTo(golden.penalty, 5);
  });

  it('are known by name', async () => {
    const penalty = await resolveRegularizer('l1l2', 'dense')
      .penalty(tensor([-1, 2]))
      .item();
    expect(penalty).toBeCloseTo(0.01 * 3 + 0.01 * 5, 6);
    expect(() => resolveRegularizer('l3' as RegularizerLike, 'dense')).toThrow(
      'dense: expected a regularizer',
    );
  });
});
