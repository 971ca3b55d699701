import { describe, expect, it } from 'vitest';
import { decodeGolden, type GoldenArray, readGolden } from '../../test/support/golden.ts';
import { tensor } from '../ops/create.ts';
import { int32Words, threefry2x32 } from '../primitives/random.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import * as random from './index.ts';

interface Case {
  readonly seed: number;
  readonly key: GoldenArray;
  readonly split: readonly GoldenArray[];
  readonly foldIn: readonly { readonly data: number; readonly key: GoldenArray }[];
  readonly bits: GoldenArray;
  readonly uniform: GoldenArray;
  readonly uniformRange: GoldenArray;
  readonly normal: GoldenArray;
  readonly truncatedNormal: GoldenArray;
  readonly bernoulli: GoldenArray;
  readonly logits: GoldenArray;
  readonly categorical: GoldenArray;
}

const golden = readGolden<{ cases: Case[]; doubles: Pick<Case, 'seed' | 'key' | 'uniform' | 'normal'>[] }>(
  'random/threefry.json',
);

/** Largest difference from the golden values, relative to the larger of 1 and their size. */
function error(actual: Tensor, expected: GoldenArray): number {
  expect(actual.shape).toEqual(expected.shape);
  expect(actual.dtype).toBe(expected.dtype);
  const { data } = decodeGolden(expected);
  return [...actual.dataSync()].reduce((worst, x, i) => {
    const y = data[i] ?? Number.NaN;
    return Math.max(worst, Math.abs(x - y) / Math.max(1, Math.abs(y)));
  }, 0);
}

describe('threefry2x32', () => {
  it.each([
    [
      [0, 0],
      [0, 0],
      [0x6b200159, 0x99ba4efe],
    ],
    [
      [-1, -1],
      [-1, -1],
      [0x1cb996fc, 0xbb002be7],
    ],
    [
      [0x13198a2e, 0x03707344],
      [0x243f6a88, 0x85a308d3],
      [0xc4923a9c, 0x483df7a0],
    ],
  ] as [[number, number], [number, number], [number, number]][])(
    'gives the published vector of key %s and counter %s',
    (key, counter, expected) => {
      const words = threefry2x32(int32Words, [key[0] | 0, key[1] | 0], [counter[0] | 0, counter[1] | 0]);
      expect(words.map((word) => word >>> 0)).toEqual(expected);
    },
  );
});

describe.each(golden.cases)('random with seed $seed agrees with JAX', (expected) => {
  const key = random.key(expected.seed);

  it('in keys, splits and folds', () => {
    expect(error(key, expected.key)).toBe(0);
    random.split(key, 3).forEach((part, i) => {
      expect(error(part, expected.split[i] as GoldenArray)).toBe(0);
    });
    for (const { data, key: folded } of expected.foldIn)
      expect(error(random.foldIn(key, data), folded)).toBe(0);
  });

  it('in bits, uniform and bernoulli numbers', () => {
    expect(error(random.bits(key, [3, 5]), expected.bits)).toBe(0);
    expect(error(random.uniform(key, [4, 3]), expected.uniform)).toBe(0);
    expect(error(random.uniform(key, [7], { minval: -2.5, maxval: 4 }), expected.uniformRange)).toBeLessThan(
      1e-6,
    );
    expect(error(random.bernoulli(key, 0.3, [20]), expected.bernoulli)).toBe(0);
  });

  it('in normal, truncated and categorical numbers', () => {
    expect(error(random.normal(key, [20]), expected.normal)).toBeLessThan(2e-6);
    expect(error(random.truncatedNormal(key, [20]), expected.truncatedNormal)).toBeLessThan(2e-6);
    const { data } = decodeGolden(expected.logits);
    expect(error(random.categorical(key, tensor(data, expected.logits.shape)), expected.categorical)).toBe(0);
  });
});

describe('random', () => {
  it.each(golden.doubles)(
    'agrees with JAX in double precision, seed $seed',
    ({ seed, key, uniform, normal }) => {
      expect(error(random.key(seed), key)).toBe(0);
      expect(error(random.uniform(random.key(seed), [5], { dtype: 'float64' }), uniform)).toBe(0);
      expect(error(random.normal(random.key(seed), [20], { dtype: 'float64' }), normal)).toBeLessThan(1e-13);
    },
  );

  it('has keys that pass through compiled functions', () => {
    const draw = jit((key: Tensor, step: Tensor) => random.uniform(random.foldIn(key, step), [3]));
    const key = random.key(5);
    expect(draw(key, tensor(3, 'int32')).dataSync()).toEqual(
      random.uniform(random.foldIn(key, 3), [3]).dataSync(),
    );
  });

  it('draws whole numbers inside their bounds', () => {
    const drawn = [...random.randint(random.key(9), [2000], -2, 3).dataSync()];
    const counts = [-2, -1, 0, 1, 2].map((value) => drawn.filter((x) => x === value).length);
    expect(counts.reduce((a, b) => a + b)).toBe(2000);
    expect(Math.min(...counts)).toBeGreaterThan(330);
    expect([...random.randint(random.key(1), [4], -(2 ** 31), 2 ** 31).dataSync()].some((x) => x < 0)).toBe(
      true,
    );
  });

  it('scales what dropout keeps', () => {
    const mask = [...random.dropoutMask(random.key(2), 0.75, [4000]).dataSync()];
    expect(new Set(mask)).toEqual(new Set([0, 4]));
    expect(mask.filter((x) => x > 0).length / 4000).toBeCloseTo(0.25, 1);
    expect(() => random.dropoutMask(random.key(2), 1, [1])).toThrow(
      'dropoutMask: expected a rate in [0, 1), got 1',
    );
  });

  it('permutes on the host: the same for the same seed and stream, each order equally likely', () => {
    expect(random.permutationOf(8, 1, 0)).toEqual(Int32Array.of(7, 4, 2, 1, 3, 6, 0, 5));
    expect(random.permutationOf(8, 1, 1)).not.toEqual(random.permutationOf(8, 1, 0));
    const counts = new Map<string, number>();
    for (let stream = 0; stream < 6000; stream++) {
      const order = random.permutationOf(3, 11, stream).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    expect(Math.min(...counts.values())).toBeGreaterThan(880);
    expect(random.permutationOf(0, 1)).toEqual(new Int32Array(0));
    expect(() => random.permutationOf(-1, 0)).toThrow('permutationOf: expected whole numbers >= 0');
  });

  it('says what a key is', () => {
    expect(() => random.key(1.5)).toThrow('key: expected a whole seed in [0, 2^53), got 1.5');
    expect(() => random.uniform(tensor([1, 2]), [2])).toThrow(
      'uniform: expected a random key (int32 [2]), got float32 [2]; make one with random.key(seed)',
    );
    expect(() => random.foldIn(random.key(0), 0.5)).toThrow(
      'foldIn: expected a whole number below 2^32 in size, got 0.5',
    );
  });
});
