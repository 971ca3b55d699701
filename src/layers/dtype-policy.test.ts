import { describe, expect, it } from 'vitest';
import { layerFromConfig } from '../models/from-config.ts';
import { sequential } from '../models/sequential.ts';
import { tensor } from '../ops/create.ts';
import { matmul } from '../ops/linalg/linalg.ts';
import { sgd } from '../optimizers/index.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Variable } from '../tensor/variable.ts';
import type { BatchShape } from './batch-shape.ts';
import type { DTypePolicyLike } from './dtype-policy.ts';
import * as layers from './index.ts';
import { Layer } from './layer.ts';
import { layerToConfig } from './layer-config.ts';

const MIXED = { variableDtype: 'float32', computeDtype: 'float64' } as const;

/** A subclass that knows nothing of policies. */
class Linear extends Layer {
  #kernel: Variable | undefined;

  constructor(dtype: DTypePolicyLike) {
    super('Linear', { dtype });
  }

  override build(shape: BatchShape): void {
    this.#kernel ??= this.addWeight('kernel', [Number(shape.at(-1)), 1]);
    super.build(shape);
  }

  override call(x: Tensor): Tensor {
    return matmul(x, this.#kernel?.read() as Tensor);
  }
}

describe('a layer that computes in another type than it keeps its weights in', () => {
  it('converts inputs and weights, in subclasses too', async () => {
    for (const layer of [layers.dense({ units: 1, useBias: false, dtype: MIXED }), new Linear(MIXED)]) {
      layer.build([null, 2]);
      layer.setWeights([[[0.1], [0.3]]]);
      expect([layer.dtype, layer.computeDtype]).toEqual(['float32', 'float64']);
      expect(layer.weights.map(({ dtype }) => dtype)).toEqual(['float32']);
      expect(layer.getWeights().map(({ dtype }) => dtype)).toEqual(['float32']);
      const y = layer.apply(tensor([[1, 1]]));
      expect(y.dtype).toBe('float64');
      expect((await y.data())[0]).toBe(Math.fround(0.1) + Math.fround(0.3));
    }
  });

  it('goes through every kind of state: statistics, recurrent steps, embeddings', async () => {
    const options = { dtype: MIXED } as const;
    const net = sequential({
      ...options,
      layers: [
        layers.embedding({ inputDim: 5, outputDim: 3, inputShape: [4], ...options }),
        layers.lstm({ units: 3, stateful: true, returnSequences: true, ...options }),
        layers.bidirectional({ layer: layers.gru({ units: 2, ...options }), ...options }),
        layers.batchNormalization(options),
        layers.dropout({ rate: 0.2, ...options }),
        layers.dense({ units: 2, kernelRegularizer: 'l2', ...options }),
      ],
    });
    net.compile({
      optimizer: sgd({ learningRate: 0.1 }),
      loss: 'meanSquaredError',
      metrics: ['meanAbsoluteError'],
    });
    const x = tensor(
      [
        [0, 1, 2, 3],
        [4, 3, 2, 1],
      ],
      'int32',
    );
    const { history } = await net.fit(
      x,
      [
        [1, 0],
        [0, 1],
      ],
      { epochs: 5, verbose: 0, shuffle: false },
    );
    expect(history.loss?.at(-1)).toBeLessThan(Number(history.loss?.[0]));
    expect(new Set(net.weights.map(({ dtype }) => dtype))).toEqual(new Set(['float32']));
    expect((await net.predict(x)).dtype).toBe('float64');
  });

  it('trains as one that computes in float64, but for the rounding of its weights', async () => {
    const trained = async (dtype: DTypePolicyLike) => {
      const net = sequential({ seed: 3, layers: [layers.dense({ units: 1, inputShape: [2], dtype })] });
      net.compile({ optimizer: sgd({ learningRate: 0.1 }), loss: 'meanSquaredError' });
      await net.fit(
        [
          [1, 2],
          [3, 1],
        ],
        [[1], [0]],
        { epochs: 3, verbose: 0, shuffle: false },
      );
      return Promise.all(net.getWeights().map((weight) => weight.data()));
    };
    const [mixed, exact] = [await trained(MIXED), await trained('float32')];
    mixed.forEach((values, i) => {
      values.forEach((value, j) => {
        expect(value).toBeCloseTo(Number(exact[i]?.[j]), 5);
      });
    });
  });

  it('is written down and made again', () => {
    const layer = layers.dense({ units: 1, dtype: MIXED });
    const copy = layerFromConfig(layerToConfig(layer));
    expect(copy.dtypePolicy).toEqual(MIXED);
    expect(layerToConfig(layers.dense({ units: 1, dtype: 'float64' })).config.dtype).toBe('float64');
  });
});

describe('policies that are refused', () => {
  const message = (dtype: unknown) => () => layers.dense({ units: 1, dtype: dtype as 'float32' });

  it.each(['mixedFloat16', 'mixed_float16', 'mixed_bfloat16', 'float16'])(
    '%s, for no backend has it',
    (name) => {
      expect(message(name)).toThrow(
        `dense: expected a dtype that backends store (float32, float64), got '${name}'; ` +
          'no backend stores floats of 16 bits yet: leave dtype out, for float32',
      );
    },
  );

  it('names, types and options that are not known', () => {
    expect(message('flaot32')).toThrow(
      "dense: expected a float dtype, got 'flaot32'; did you mean 'float32'?",
    );
    expect(message({ variableDtype: 'float32', computeDtype: 'int32' })).toThrow(
      "dense, computeDtype: expected a float dtype, got 'int32'",
    );
    expect(message({ variableDtype: 'float32', compute: 'float64' })).toThrow(
      'dense, dtype: expected an option',
    );
  });
});
