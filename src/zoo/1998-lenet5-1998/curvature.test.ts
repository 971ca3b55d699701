import { describe, expect, it } from 'vitest';
import { conv2d, at as entry, matmul, reshape, sum, tensor } from '../../ops/index.ts';
import { NumberStream } from '../../random/index.ts';
import { grad } from '../../tensor/gradient.ts';
import { hessian } from '../../tensor/jacobian.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import { CODES } from './codes.ts';
import { curvaturesBelow } from './curvature.ts';
import { curvatureOf, lossOf } from './loss.ts';
import { type Stage, type StageWeights, statesOf } from './network.ts';
import { subsample } from './subsampling.ts';

const numbers = new NumberStream(12);
const random = (...shape: number[]) =>
  tensor(
    Float32Array.from({ length: shape.reduce((size, n) => size * n, 1) }, () => numbers.normal()),
    shape,
  );
const valuesOf = async (x: Tensor) => [...(await x.data())].map(Number);

async function expectClose(found: Tensor, expected: readonly number[]): Promise<void> {
  const values = await valuesOf(found);
  expect(values).toHaveLength(expected.length);
  values.forEach((value, i) => {
    expect(Math.abs(value - at(expected, i))).toBeLessThan(1e-4 * (1 + Math.abs(at(expected, i))));
  });
}

/** A convolution of two maps, a subsampling, and a dense layer of three units, over 5 x 5 pixels. */
const TINY: readonly Stage[] = [
  { name: 'convolution', products: (x, kernel) => conv2d(x, kernel) },
  { name: 'subsampling', products: subsample },
  { name: 'dense', products: (x, kernel) => matmul(reshape(x, [-1, 8]), kernel) },
];

const tinyWeights = (): StageWeights[] => [
  { kernel: random(2, 2, 1, 2), bias: random(2) },
  { kernel: random(2), bias: random(2) },
  { kernel: random(8, 3), bias: random(3) },
];

/** A product of one input and one weight that one sum gets; indices into the flat arrays of one image. */
interface Connection {
  readonly input: number;
  readonly weight: number;
  readonly output: number;
}

/** Finds the connections of a stage by putting a single 1 among zeros in each place. */
async function connectionsOf(stage: Stage, inputShape: readonly number[], kernelShape: readonly number[]) {
  const found: Connection[] = [];
  const single = (shape: readonly number[], place: number) => {
    const values = new Float32Array(shape.reduce((size, n) => size * n, 1));
    values[place] = 1;
    return tensor(values, shape);
  };
  const [inputs, weights] = [inputShape, kernelShape].map((shape) => shape.reduce((size, n) => size * n, 1));
  for (let input = 0; input < Number(inputs); input++) {
    for (let weight = 0; weight < Number(weights); weight++) {
      const sums = await valuesOf(stage.products(single(inputShape, input), single(kernelShape, weight)));
      sums.forEach((value, output) => {
        if (value !== 0) found.push({ input, weight, output });
      });
    }
  }
  return found;
}

describe('curvaturesBelow', () => {
  it('is the recursion of the paper, connection by connection', async () => {
    const weights = tinyWeights();
    const states = statesOf(random(1, 5, 5, 1), weights, TINY);
    const ofTop = [0.5, 1.5, 2];
    const found = curvaturesBelow(tensor([ofTop]), states, weights, TINY);
    let ofState: readonly number[] = ofTop;
    for (let i = 2; i >= 0; i--) {
      const [below, value] = [await valuesOf(at(states, i)), await valuesOf(at(states, i + 1))];
      const { kernel } = at(weights, i);
      const kernelValues = await valuesOf(kernel);
      const slopes = value.map((y) => (2 / 3 / 1.7159) * (1.7159 ** 2 - y ** 2));
      const ofSums = slopes.map((slope, unit) => slope ** 2 * at(ofState, unit));
      const ofKernel = kernelValues.map(() => 0);
      const ofBelow = below.map(() => 0);
      for (const { input, weight, output } of await connectionsOf(
        at(TINY, i),
        at(states, i).shape,
        kernel.shape,
      )) {
        ofKernel[weight] = at(ofKernel, weight) + at(ofSums, output) * at(below, input) ** 2;
        ofBelow[input] = at(ofBelow, input) + at(ofSums, output) * at(kernelValues, weight) ** 2;
      }
      const maps = at(at(weights, i).bias.shape, 0);
      const ofBias = Array.from({ length: maps }, (_, map) =>
        ofSums.reduce((sum, h, unit) => sum + (unit % maps === map ? h : 0), 0),
      );
      await expectClose(at(found, i).kernel, ofKernel);
      await expectClose(at(found, i).bias, ofBias);
      ofState = ofBelow;
    }
  });

  it('is a mean over images', async () => {
    const weights = tinyWeights();
    const images = random(3, 5, 5, 1);
    const ofTop = tensor(new Float32Array(9).fill(1), [3, 3]);
    const together = curvaturesBelow(ofTop, statesOf(images, weights, TINY), weights, TINY);
    const alone = [0, 1, 2].map((i) => {
      const image = reshape(entry(images, i), [1, 5, 5, 1]);
      return curvaturesBelow(tensor([[1, 1, 1]]), statesOf(image, weights, TINY), weights, TINY);
    });
    const parts = await Promise.all(alone.map((found) => valuesOf(at(found, 0).kernel)));
    const mean = at(parts, 0).map((_, i) => parts.reduce((sum, part) => sum + at(part, i), 0) / 3);
    await expectClose(at(together, 0).kernel, mean);
  });

  it('is exact where units do not mix: the squared slope times the second derivative at the top', async () => {
    const chain: readonly Stage[] = [1, 2, 3].map((n) => ({ name: `${n}`, products: matmul }));
    const weights = chain.map(() => ({ kernel: random(1, 1), bias: random(1) }));
    const input = random(1, 1);
    const top = (point: readonly StageWeights[]) => sum(at(statesOf(input, point, chain), -1));
    const slopes = grad(top)(weights);
    const found = curvaturesBelow(tensor([[3]]), statesOf(input, weights, chain), weights, chain);
    for (const [i, { kernel, bias }] of found.entries()) {
      await expectClose(
        kernel,
        (await valuesOf(at(slopes, i).kernel)).map((slope) => 3 * slope ** 2),
      );
      await expectClose(
        bias,
        (await valuesOf(at(slopes, i).bias)).map((slope) => 3 * slope ** 2),
      );
    }
  });
});

describe('the loss', () => {
  /** States near the code of class 3, between those of 1 and 7, and far from all. */
  const states = [
    CODES.slice(3 * 84, 4 * 84).map((value) => 0.9 * value),
    CODES.slice(84, 2 * 84).map((value, i) => (value + at(CODES, 7 * 84 + i)) / 2),
    new Float32Array(84).fill(1.7),
  ].map((values) => tensor(values, [1, 84]));

  it('is the formula of the paper', async () => {
    for (const [i, label] of [3, 1, 0].entries()) {
      const state = await valuesOf(at(states, i));
      const y = Array.from({ length: 10 }, (_, k) =>
        state.reduce((sum, x, j) => sum + (x - at(CODES, k * 84 + j)) ** 2, 0),
      );
      const expected = at(y, label) + Math.log(Math.exp(-1) + y.reduce((sum, d) => sum + Math.exp(-d), 0));
      await expectClose(lossOf(at(states, i), tensor(Int32Array.of(label))), [expected]);
    }
  });

  it('bends as its curvature says, and never downwards', async () => {
    for (const state of states) {
      const loss = (flat: Tensor) => sum(lossOf(reshape(flat, [1, 84]), tensor(Int32Array.of(5))));
      const bends = await valuesOf(hessian(loss)(reshape(state, [84])));
      const diagonal = Array.from({ length: 84 }, (_, i) => at(bends, 85 * i));
      await expectClose(curvatureOf(state), diagonal);
      expect(Math.min(...diagonal)).toBeGreaterThanOrEqual(-1e-5);
    }
  });
});
