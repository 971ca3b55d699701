import { describe, expect, it } from 'vitest';
import { ones, tensor } from '../ops/create.ts';
import { add, mul } from '../ops/math/arithmetic.ts';
import { mean } from '../ops/reduce/reduce.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { prelu } from './activations/prelu.ts';
import { type BatchShape, lastAxis } from './batch-shape.ts';
import { conv2d } from './conv/conv.ts';
import { dense } from './core/dense.ts';
import { dropout } from './core/dropout.ts';
import { defineLayer } from './define-layer.ts';
import { Layer } from './layer.ts';
import { batchNormalization } from './normalization/batch-normalization.ts';
import { layerNormalization } from './normalization/layer-normalization.ts';

interface ScaleConfig {
  readonly factor: number;
  readonly shift: number;
}

const scale = defineLayer({
  type: 'ScaleShift',
  required: ['factor'],
  defaults: { shift: 0 },
  build: (_config: ScaleConfig, input, weights) => ({
    gain: weights.add('gain', [lastAxis(input)], 'ones', { regularizer: 'l2' }),
  }),
  call: ({ config: { factor, shift }, gain }, x) => add(mul(mul(x, gain), factor), shift),
});

describe('defineLayer', () => {
  it('gives options, weights and a formula', async () => {
    const layer = scale({ factor: 3, shift: 1 });
    expect(await layer.apply([[1, 2]]).array()).toEqual([[4, 7]]);
    expect(layer.name).toBe('scale_shift');
    expect(layer.weights.map(({ name }) => name)).toEqual(['scale_shift/gain']);
    expect(layer.countParams()).toBe(2);
    expect(layer.getConfig()).toEqual({
      name: 'scale_shift',
      trainable: true,
      dtype: 'float32',
      factor: 3,
      shift: 1,
    });
  });

  it('finds the shape of the result by tracing', () => {
    expect(scale({ factor: 1 }).computeOutputShape([null, 5, 3])).toEqual([null, 5, 3]);
    const average = defineLayer({ type: 'Average', defaults: {}, call: (_layer, x) => mean(x, 0) });
    expect(average().computeOutputShape([null, 5])).toEqual([5]);
  });

  it('lets a layer change its own state', async () => {
    const counter = defineLayer({
      type: 'Counter',
      defaults: {},
      build: (_config: object, _input, weights) => ({
        calls: weights.add('calls', [], 'zeros', { trainable: false }),
      }),
      call({ calls, variables }, x) {
        variables.calls.assign(add(calls, 1));
        return mul(x, calls);
      },
    });
    const layer = counter();
    layer.apply([1]);
    layer.apply([1]);
    expect(await layer.apply([1]).array()).toEqual([2]);
    expect(layer.trainableWeights).toEqual([]);
    expect(layer.nonTrainableWeights.length).toBe(1);
  });
});

/** Two layers inside one. */
class Residual extends Layer {
  readonly inner = this.track(dense({ units: 2, kernelInitializer: 'zeros' }));
  readonly outer = this.track(dense({ units: 2, kernelInitializer: 'ones' }));

  constructor(name?: string) {
    super('Residual', name === undefined ? {} : { name });
  }

  override build(inputShape: BatchShape): void {
    this.addWeight('gain', [], 'ones');
    super.build(inputShape);
  }

  override call(x: Tensor): Tensor {
    return add(x, this.outer.apply(this.inner.apply(x)));
  }
}

describe('a subclass of Layer', () => {
  it('has its own weights and those of its layers', async () => {
    const layer = new Residual('block');
    expect(await layer.apply([[1, 2]]).array()).toEqual([[1, 2]]);
    expect(layer.weights.map(({ name }) => name)).toEqual([
      'block/gain',
      'block/dense/kernel',
      'block/dense/bias',
      'block/dense_1/kernel',
      'block/dense_1/bias',
    ]);
    expect(layer.countParams()).toBe(13);
  });

  it('freezes as a whole or in parts', () => {
    const layer = new Residual();
    layer.build([null, 2]);
    layer.apply([[1, 2]]);
    layer.inner.trainable = false;
    expect(layer.trainableWeights.length).toBe(3);
    layer.trainable = false;
    expect(layer.trainableWeights).toEqual([]);
    expect(layer.nonTrainableWeights.length).toBe(5);
  });

  it('names the innermost layer in errors', () => {
    const layer = new Residual('block');
    layer.apply([[1, 2]]);
    expect(() => layer.apply([[1, 2, 3]])).toThrow(
      /^block\/dense \(dense\), input: expected 2 on the last axis/,
    );
  });
});

describe('weights', () => {
  it('come and go as values', async () => {
    const layer = dense({ units: 1 });
    layer.build([null, 2]);
    layer.setWeights([[[1], [2]], [3]]);
    expect(await layer.apply([[10, 100]]).array()).toEqual([[213]]);
    expect(await Promise.all(layer.getWeights().map((w) => w.array()))).toEqual([[[1], [2]], [3]]);
    expect(() => layer.setWeights([[[1], [2]]])).toThrow(
      'dense (dense).setWeights: expected 2 values (dense/kernel, dense/bias), got 1',
    );
    expect(() => layer.setWeights([[[1, 2]], [3]])).toThrow('dense/kernel: expected [2, 1], got [1, 2]');
  });

  it('depend on seed and path alone', async () => {
    const first = async (options: { seed?: number; name?: string }) => {
      const layer = dense({ units: 3, ...options });
      layer.build([null, 2]);
      return layer.getWeights()[0]?.array();
    };
    expect(await first({})).toEqual(await first({ seed: 0 }));
    expect(await first({ seed: 1 })).not.toEqual(await first({}));
    expect(await first({ name: 'other' })).not.toEqual(await first({}));
  });

  it('are penalised where they are regularized', async () => {
    const layer = dense({ units: 1, kernelInitializer: 'ones', kernelRegularizer: 'l2' });
    layer.build([null, 3]);
    expect(await layer.penalty()?.item()).toBeCloseTo(0.03, 6);
    expect(dropout({ rate: 0.1 }).penalty()).toBeUndefined();
  });

  it('do not exist before the layer is built', () => {
    expect(() => dense({ units: 1 }).countParams()).toThrow(
      'dense (dense).countParams: expected a layer that is built, got one whose input shape is not known yet',
    );
    expect(() => dense({ units: 1 }).build([null, null])).toThrow(
      'expected a known extent of axis 1, got [batch, ?]',
    );
  });

  it('have names of their own', () => {
    class Twice extends Layer {
      override build(): void {
        this.addWeight('w', []);
        this.addWeight('w', []);
      }
      override call(x: Tensor): Tensor {
        return x;
      }
    }
    expect(() => new Twice('Twice').apply(tensor([1]))).toThrow(
      'twice/w: expected a name of its own for each weight',
    );
  });
});

describe('the axes that weights fit', () => {
  const built = (layer: Layer, shape: BatchShape) => {
    layer.build(shape);
    return layer;
  };

  it('are those of the channels, where they come first too', () => {
    const conv = built(conv2d({ filters: 2, kernelSize: 3, dataFormat: 'channelsFirst' }), [null, 3, 8, 8]);
    expect(conv.apply(ones([1, 3, 8, 6])).shape).toEqual([1, 2, 6, 4]);
    expect(() => conv.apply(ones([1, 2, 8, 8]))).toThrow('input: expected 3 on axis 1, as it was built for');
    const normalization = built(batchNormalization({ axis: 1 }), [null, 3, 8]);
    expect(normalization.apply(ones([1, 3, 5])).shape).toEqual([1, 3, 5]);
    expect(() => normalization.apply(ones([1, 8, 3]))).toThrow('expected 3 on axis 1');
  });

  it('may be several, or none that are shared', () => {
    const normalization = built(layerNormalization({ axis: [1, 2] }), [null, 3, 8]);
    expect(() => normalization.apply(ones([1, 4, 8]))).toThrow('expected 3 on axis 1');
    const slopes = built(prelu({ sharedAxes: [1, 2] }), [null, 4, 4, 3]);
    expect(slopes.apply(ones([1, 6, 5, 3])).shape).toEqual([1, 6, 5, 3]);
    expect(() => slopes.apply(ones([1, 4, 4, 2]))).toThrow('expected 3 on axis 3');
  });
});
