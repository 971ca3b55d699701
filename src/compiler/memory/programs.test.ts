import { describe, expect, it } from 'vitest';
import * as layers from '../../layers/index.ts';
import { type Sequential, sequential } from '../../models/sequential.ts';
import { scan } from '../../ops/control/control.ts';
import { ones, zeros } from '../../ops/create.ts';
import { matmul } from '../../ops/linalg/linalg.ts';
import { add, mul, square, sub } from '../../ops/math/arithmetic.ts';
import { rsqrt, tanh } from '../../ops/math/math.ts';
import { conv2d } from '../../ops/nn/conv.ts';
import { relu } from '../../ops/nn/nn.ts';
import { globalAvgPool } from '../../ops/nn/pool.ts';
import { mean, sum } from '../../ops/reduce/reduce.ts';
import { explain } from '../../tensor/explain/explain.ts';
import { grad } from '../../tensor/gradient.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { LENET5_SETTINGS, lenet5ForTraining } from '../../zoo/1998-lenet5/model.ts';

async function trainingStep(model: Sequential, x: Tensor) {
  const batch = x.shape[0] ?? 1;
  const y = zeros([batch], 'int32');
  await model.fit(x, y, { batchSize: batch, verbose: 0 }); // builds the optimizer and all else
  return explain(model.trainProgram, [{ x, y, sampleWeight: null }]);
}

function mlp(): Sequential {
  const model = sequential([
    layers.input({ shape: [784] }),
    layers.dense({ units: 300, activation: 'relu' }),
    layers.dense({ units: 10, activation: 'softmax' }),
  ]);
  model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
  return model;
}

/** relu(normalized convolution), per batch and channel. */
function normalizedConv(x: Tensor, kernel: Tensor, strides: number): Tensor {
  const y = conv2d(x, kernel, { padding: 'same', strides });
  const centred = sub(y, mean(y, { axis: [0, 1, 2], keepDims: true }));
  const variance = mean(square(centred), { axis: [0, 1, 2], keepDims: true });
  return mul(centred, rsqrt(add(variance, 1e-5)));
}

/** A small residual network: a stem, three stages of two blocks, and a product. */
function residualLoss(kernels: readonly Tensor[], x: Tensor): Tensor {
  let next = 0;
  const take = () => kernels[next++] as Tensor;
  let y = relu(normalizedConv(x, take(), 1));
  for (let stage = 0; stage < 3; stage++) {
    for (let block = 0; block < 2; block++) {
      const strides = stage > 0 && block === 0 ? 2 : 1;
      const inner = normalizedConv(relu(normalizedConv(y, take(), strides)), take(), 1);
      const shortcut = strides === 2 ? conv2d(y, take(), { strides }) : y;
      y = relu(add(inner, shortcut));
    }
  }
  return sum(square(matmul(globalAvgPool(y), take())));
}

function residualKernels(): Tensor[] {
  const kernels = [ones([3, 3, 3, 16])];
  let channels = 16;
  for (const filters of [16, 32, 64]) {
    for (const block of [0, 1]) {
      kernels.push(ones([3, 3, channels, filters]), ones([3, 3, filters, filters]));
      if (block === 0 && filters > 16) kernels.push(ones([1, 1, channels, filters]));
      channels = filters;
    }
  }
  return [...kernels, ones([64, 10])];
}

/** The last state of a recurrent network over 32 steps. */
function recurrentLoss(weight: Tensor, x: Tensor): Tensor {
  const step = (state: Tensor, input: Tensor): [Tensor, Tensor] => {
    const next = tanh(add(matmul(state, weight), input));
    return [next, next];
  };
  const [last] = scan(step, zeros([16, 64]), x) as [Tensor, Tensor];
  return sum(square(last));
}

describe('scratch memory stays within 1.2 x what is alive at once', () => {
  it.each([
    [
      'LeNet-5, a training step',
      () =>
        trainingStep(
          lenet5ForTraining({ seed: 1, settings: LENET5_SETTINGS, trainCount: 55_000 }),
          zeros([128, 28, 28, 1], 'uint8'),
        ),
    ],
    ['784-300-10, a training step', () => trainingStep(mlp(), zeros([128, 784]))],
    [
      'a residual network, its gradient',
      () => explain(grad(residualLoss), [residualKernels(), zeros([16, 32, 32, 3])]),
    ],
    [
      'a recurrent network, its gradient',
      () => explain(grad(recurrentLoss), [ones([64, 64]), ones([32, 16, 64])]),
    ],
  ])('%s', async (_name, explanation) => {
    const { ratio, arenaBytes, lowerBoundBytes } = (await explanation()).memory;
    expect(lowerBoundBytes).toBeGreaterThan(50_000);
    expect(ratio).toBeLessThanOrEqual(1.2);
    expect(arenaBytes).toBeGreaterThanOrEqual(lowerBoundBytes);
  });
});
