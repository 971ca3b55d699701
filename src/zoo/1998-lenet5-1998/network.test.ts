import { describe, expect, it } from 'vitest';
import { conv2d, tensor } from '../../ops/index.ts';
import { NumberStream } from '../../random/index.ts';
import { grad } from '../../tensor/gradient.ts';
import { at } from '../../util/errors.ts';
import { CODE_SHAPE, CODES } from './codes.ts';
import { frame } from './frame.ts';
import { buildNetwork, countConnections, statesOf, weightsOf } from './network.ts';
import { distances } from './output.ts';
import { squash, squashSlope } from './squash.ts';
import { subsample } from './subsampling.ts';
import { C3_TABLE, convolveByTable } from './table-convolution.ts';

const numbers = new NumberStream(1998);
const random = (count: number) => Float32Array.from({ length: count }, () => numbers.normal());

describe('the network of the paper', () => {
  const network = buildNetwork(1);

  it('has the weights that the paper counts', () => {
    const sizes = weightsOf(network).map(
      ({ kernel, bias }) =>
        kernel.shape.reduce((size, n) => size * n, 1) + bias.shape.reduce((size, n) => size * n, 1),
    );
    expect(sizes).toEqual([156, 12, 1516, 32, 48_120, 10_164]);
    expect(network.countParams()).toBe(60_000);
  });

  it('has the connections that the paper counts', () => {
    const connections = countConnections(network);
    expect(connections).toEqual([122_304, 5880, 151_600, 2000, 48_120, 10_164]);
    expect(connections.reduce((sum, count) => sum + count, CODES.length)).toBe(340_908);
  });

  it('is the same as its stages one by one', async () => {
    const images = Uint8Array.from({ length: 2 * 784 }, () => numbers.below(256));
    const input = { data: images, shape: [2, 28, 28, 1] };
    const weights = weightsOf(network).map(({ kernel, bias }) => ({
      kernel: kernel.read(),
      bias: bias.read(),
    }));
    const states = statesOf(frame(tensor(images, [2, 28, 28, 1])), weights);
    expect(states.map(({ shape }) => shape.slice(1))).toEqual([
      [32, 32, 1],
      [28, 28, 6],
      [14, 14, 6],
      [10, 10, 16],
      [5, 5, 16],
      [1, 1, 120],
      [84],
    ]);
    const expected = await distances(at(states, -1)).data();
    (await (await network.predict(input)).data()).forEach((value, i) => {
      expect(value).toBeCloseTo(Number(expected[i]), 3);
    });
  });

  it('begins with weights in ± 1.2 / √fan-in', async () => {
    const fanIns = [25, 4, 75, 4, 400, 120];
    for (const [i, { kernel, bias }] of weightsOf(network).entries()) {
      const bound = 1.2 / Math.sqrt(at(fanIns, i));
      const values = [...(await kernel.read().data()), ...(await bias.read().data())].map(Number);
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(bound * (1 + 1e-6));
      expect(Math.max(...values.map(Math.abs))).toBeGreaterThan(0.75 * bound);
    }
    // the last map of C3 sees all six, and its units have twice the inputs of the first
    const last = [...(await at(weightsOf(network), 2).kernel.read().data())].slice(54 * 25).map(Number);
    expect(Math.max(...last.map(Math.abs))).toBeLessThanOrEqual(1.2 / Math.sqrt(150) + 1e-6);
  });
});

describe('squash', () => {
  it('is 1 at 1 and 1.1439 steep at 0', async () => {
    const [below, zero, above] = [...(await squash(tensor([-1, 0, 1])).data())].map(Number);
    expect(above).toBeCloseTo(1, 4);
    expect(below).toBeCloseTo(-1, 4);
    expect(zero).toBe(0);
    expect(await squashSlope(tensor(0)).item()).toBeCloseTo(1.1439, 4);
  });

  it('has the slope that its value tells', async () => {
    for (const x of [-3, -0.7, 0.2, 1.5]) {
      const expected = await grad(squash)(tensor(x)).item();
      expect(await squashSlope(squash(tensor(x))).item()).toBeCloseTo(expected, 5);
    }
  });
});

describe('the parts', () => {
  it('subsample by sums', async () => {
    const x = tensor(
      Float32Array.from({ length: 8 }, (_, i) => i),
      [1, 2, 2, 2],
    );
    expect([...(await subsample(x, tensor([1, 10])).data())]).toEqual([12, 160]);
  });

  it('convolve only what the table connects', async () => {
    expect(C3_TABLE.map((seen) => seen.length)).toEqual([3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6]);
    for (let below = 0; below < 6; below++)
      expect(C3_TABLE.filter((seen) => seen.includes(below))).toHaveLength(10);
    const [x, kernel] = [tensor(random(384), [1, 8, 8, 6]), random(1500)];
    const whole = new Float32Array(25 * 96);
    let row = 0;
    C3_TABLE.forEach((seen, map) => {
      for (const below of seen) {
        for (let tap = 0; tap < 25; tap++) whole[tap * 96 + below * 16 + map] = at(kernel, row * 25 + tap);
        row++;
      }
    });
    const expected = await conv2d(x, tensor(whole, [5, 5, 6, 16])).data();
    const found = await convolveByTable(C3_TABLE)(x, tensor(kernel, [60, 25])).data();
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(Number(expected[i]), 4);
    });
  });

  it('frame images as the paper does', async () => {
    const image = tensor(
      Uint8Array.from({ length: 784 }, (_, i) => (i === 0 ? 255 : 0)),
      [1, 28, 28, 1],
    );
    const values = [...(await frame(image).data())].map(Number);
    expect(values).toHaveLength(1024);
    expect(values[2 * 32 + 2]).toBeCloseTo(1.175, 6);
    expect(values.filter((value) => Math.abs(value + 0.1) < 1e-6)).toHaveLength(1023);
  });

  it('tell codes apart', () => {
    const pixels = CODE_SHAPE.height * CODE_SHAPE.width;
    expect(CODES).toHaveLength(10 * pixels);
    expect(new Set(CODES)).toEqual(new Set([-1, 1]));
    const differing = (a: number, b: number) =>
      Array.from({ length: pixels }, (_, i) => i).filter(
        (i) => CODES[a * pixels + i] !== CODES[b * pixels + i],
      ).length;
    for (let a = 0; a < 10; a++)
      for (let b = 0; b < a; b++) expect(differing(a, b), `${a} and ${b}`).toBeGreaterThan(7);
  });
});
