import { describe, expect, it } from 'vitest';
import { arange, full, tensor, zeros } from '../../ops/create.ts';
import { affineTransform } from '../../ops/image/affine-transform.ts';
import { sub } from '../../ops/math/arithmetic.ts';
import { max, mean, min } from '../../ops/reduce/reduce.ts';
import { flip, reshape } from '../../ops/shape/shape.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import * as layers from '../index.ts';
import type { Layer } from '../layer.ts';

const count = 60;
const pictures = reshape(arange(count * 3 * 4 * 3, undefined, 1, 'float32'), [count, 3, 4, 3]);

/** Every random layer, with options under which it changes pictures. */
const LAYERS: Readonly<Record<string, (seed: number) => Layer>> = {
  randomBrightness: (seed) => layers.randomBrightness({ factor: 0.2, valueRange: [0, 3000], seed }),
  randomContrast: (seed) => layers.randomContrast({ factor: 0.5, valueRange: [-9000, 9000], seed }),
  randomCrop: (seed) => layers.randomCrop({ height: 1, width: 1, seed }),
  randomErasing: (seed) => layers.randomErasing({ valueRange: [0, 1], seed }),
  randomFlip: (seed) => layers.randomFlip({ seed }),
  randomGrayscale: (seed) => layers.randomGrayscale({ seed }),
  randomRotation: (seed) => layers.randomRotation({ factor: 0.3, seed }),
  randomShear: (seed) => layers.randomShear({ xFactor: 0.4, yFactor: 0.2, seed }),
  randomTranslation: (seed) => layers.randomTranslation({ heightFactor: 0.5, widthFactor: 0.5, seed }),
  randomZoom: (seed) => layers.randomZoom({ heightFactor: 0.5, widthFactor: 0.2, seed }),
};

const train = (layer: Layer, x: Tensor = pictures) => layer.apply(x, { training: true });
const values = (x: Tensor) => [...x.dataSync()];
const rows = (x: Tensor) => x.arraySync() as readonly unknown[];

describe.each(Object.entries(LAYERS))('%s', (_name, make) => {
  it('draws the same for the same seed, and anew at every call', () => {
    const [first, second] = [make(1), make(1)];
    const draws = [values(train(first)), values(train(first))];
    expect([values(train(second)), values(train(second))]).toEqual(draws);
    expect(draws[0]).not.toEqual(draws[1]);
    expect(values(train(make(2)))).not.toEqual(draws[0]);
  });

  it('draws the same inside a compiled step', () => {
    const layer = make(1);
    layer.build([null, 3, 4, 3]);
    const step = jit((x: Tensor) => train(layer, x));
    const eager = make(1);
    for (let i = 0; i < 2; i++) {
      const [got, want] = [values(step(pictures)), values(train(eager))];
      expect(got.every((value, j) => Math.abs(value - Number(want[j])) <= 1e-3)).toBe(true);
    }
  });

  it('takes one picture, and knows what it gives', () => {
    const layer = make(3);
    const one = train(layer, zeros([3, 4, 3]));
    expect([null, ...one.shape]).toEqual(layer.computeOutputShape([null, 3, 4, 3]));
  });
});

describe('outside training', () => {
  it.each(Object.entries(LAYERS).filter(([name]) => name !== 'randomCrop'))(
    '%s is the identity',
    (_name, make) => {
      expect(values(make(1).apply(pictures))).toEqual(values(pictures));
    },
  );
});

describe('random layers', () => {
  it('flip about half of the pictures, as their mode says', () => {
    for (const [mode, axes] of [
      ['horizontal', [2]],
      ['vertical', [1]],
      ['horizontalAndVertical', [1, 2]],
    ] as const) {
      const [same, turned] = [rows(pictures), rows(flip(pictures, axes))].map((x) => x.map((y) => `${y}`));
      const flips = rows(train(layers.randomFlip({ mode, seed: 4 }))).map((picture, i) =>
        [same?.[i], turned?.[i]].indexOf(`${picture}`),
      );
      expect(flips).not.toContain(-1);
      expect(flips.filter((flipped) => flipped === 1).length).toBeGreaterThan(count / 4);
      expect(flips.filter((flipped) => flipped === 0).length).toBeGreaterThan(count / 4);
    }
  });

  it('shear to either side', () => {
    const sheared = (side: number) =>
      rows(affineTransform(pictures, [1, 0.2 * side, 0, 0, 1, 0, 0, 0], { fillMode: 'reflect' }));
    const [left, right] = [sheared(-1), sheared(1)];
    const got = rows(train(layers.randomShear({ xFactor: [0.2, 0.2], seed: 1 })));
    const near = (a: unknown, b: unknown) =>
      max(sub(a as never, b as never)).itemSync() < 1e-2 &&
      min(sub(a as never, b as never)).itemSync() > -1e-2;
    const sides = got.map((picture, i) => [near(picture, left[i]), near(picture, right[i])]);
    expect(sides.every((pair) => pair.includes(true))).toBe(true);
    expect(new Set(sides.map(String)).size).toBe(2);
  });

  it('change brightness within the range', () => {
    const flat = full([count, 1, 1, 1], 100);
    const light = values(train(layers.randomBrightness({ factor: 0.2 }), flat));
    expect(Math.min(...light)).toBeGreaterThanOrEqual(49);
    expect(Math.max(...light)).toBeLessThanOrEqual(151);
    expect(Math.max(...light) - Math.min(...light)).toBeGreaterThan(50);
  });

  it('crop the whole batch at one place', () => {
    const cropped = train(layers.randomCrop({ height: 2, width: 3, seed: 5 }));
    expect(cropped.shape).toEqual([count, 2, 3, 3]);
    const steps = rows(cropped).map((picture) => sub(picture as never, rows(cropped)[0] as never));
    steps.forEach((step, i) => {
      expect([min(step).itemSync(), max(step).itemSync()]).toEqual([i * 36, i * 36]);
    });
  });

  it('erase a rectangle of about the part that is asked for', () => {
    const canvas = zeros([40, 20, 20, 1]);
    const layer = layers.randomErasing({ fillValue: 1, scale: [0.25, 0.25], factor: [1, 1] });
    const parts = values(mean(train(layer, canvas), { axis: [1, 2, 3] }));
    for (const part of parts) expect(part).toBeCloseTo(0.25, 5);
    const noise = train(layers.randomErasing({ seed: 1 }), canvas);
    expect(min(noise).itemSync()).toBe(0);
    expect(max(noise).itemSync()).toBe(255);
  });

  it('take the colours of a part of the pictures', () => {
    const gray = rows(train(layers.randomGrayscale({ factor: 0.3, seed: 2 }))).filter((picture) => {
      const [red, green, blue] = (picture as number[][][])[0]?.[0] ?? [];
      return red === green && green === blue;
    });
    expect(gray.length).toBeGreaterThan(5);
    expect(gray.length).toBeLessThan(35);
  });

  it('turn counterclockwise', () => {
    const turned = train(
      layers.randomRotation({ factor: [0.25, 0.25] }),
      tensor([
        [[1], [2]],
        [[3], [4]],
      ]),
    );
    const near = values(turned).map((x) => Math.round(x * 1000) / 1000);
    expect(near).toEqual([2, 4, 1, 3]);
  });

  it('refuse what makes no sense', () => {
    expect(() => layers.randomRotation({ factor: 2 })).toThrow(
      'randomRotation: expected factor, one or two numbers in [-1, 1], got 2',
    );
    expect(() => layers.randomZoom({ heightFactor: -1 })).toThrow(
      'heightFactor, one or two numbers in (-1, 1]',
    );
    expect(() => layers.randomContrast({ factor: [0.1] as never })).toThrow('got [0.1]');
    expect(() => layers.randomBrightness({ factor: 0.1, valueRange: [1, 0] })).toThrow(
      'valueRange, the least and the greatest value, got [1,0]',
    );
    expect(() => layers.randomFlip({ mode: 'both' as 'vertical' })).toThrow("expected a mode, got 'both'");
    expect(() => layers.randomShear({ fillMode: 'mirror' as 'wrap' })).toThrow('expected a fillMode');
    expect(() => layers.randomZoom({ heightFactor: 0, interpolation: 'cubic' as 'nearest' })).toThrow(
      'expected an interpolation',
    );
    expect(() => layers.randomGrayscale({ factor: 2 })).toThrow('factor in [0, 1], got 2');
    expect(() => train(layers.randomGrayscale(), zeros([1, 2, 2, 2]))).toThrow(
      'expected 3 channels, red, green and blue, or 1, got [1, 2, 2, 2]',
    );
    expect(() => train(layers.randomErasing({ fillValue: [1, 2] }))).toThrow('pictures of 2 channels');
  });
});
