import { describe, expect, it } from 'vitest';
import { goldenTensor } from '../../../test/support/expect-golden.ts';
import { type GoldenArray, readGolden } from '../../../test/support/golden.ts';
import { layerOf } from '../../../test/support/layer-golden.ts';
import { sequential } from '../../models/sequential.ts';
import { dense } from '../core/dense.ts';
import { flatten } from '../core/flatten.ts';
import { input } from '../core/input.ts';
import { activityRegularization } from './activity-regularization.ts';

interface Case {
  readonly kind: string;
  readonly options: object;
  readonly x: GoldenArray;
  readonly loss: number;
}

describe('penalties of results', () => {
  it.each(readGolden<Case[]>('layers/activity.json'))('$options', async ({ kind, options, x, loss }) => {
    const layer = layerOf({ activityRegularization, flatten }, { kind, options });
    expect(layer.penalty()).toBeUndefined();
    for (let call = 0; call < 2; call++) {
      layer.apply(goldenTensor(x));
      expect(((await layer.penalty()?.item()) ?? 0) / loss).toBeCloseTo(1, 5);
    }
  });

  it('count in the loss of a model', async () => {
    const layers = [
      dense({ units: 1, kernelInitializer: 'ones', useBias: false, activityRegularizer: 'l2' }),
      activityRegularization({ l1: 1 }),
    ];
    const model = sequential([input({ shape: [1] }), ...layers]);
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const { loss } = await model.evaluate([[1], [2]], [[1], [2]], { batchSize: 2 });
    expect(loss).toBeCloseTo((0.01 * (1 + 4) + (1 + 2)) / 2, 6);
    await model.fit([[1], [2]], [[1], [2]], { epochs: 1, batchSize: 2 });
    const after = await model.evaluate([[1], [2]], [[1], [2]], { batchSize: 2 });
    expect(after.loss).toBeLessThan(loss ?? 0);
  });

  it('refuse what makes no sense', () => {
    expect(() => activityRegularization({ l1: -1 })).toThrow(
      'activityRegularization: expected l1 and l2 >= 0, got -1 and 0',
    );
    expect(() => dense({ units: 1, activityRegularizer: 'l3' as 'l2' })).toThrow(
      "dense: expected a regularizer, got 'l3'",
    );
  });
});
