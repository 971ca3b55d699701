import { describe, expect, it } from 'vitest';
import { AntlerInternalError, AntlerValueError } from '../util/errors.ts';
import { digitFromImage, type GreyImage, resizeGrey, toGrey } from './images.ts';

const grey = (width: number, height: number, ...values: number[]): GreyImage => ({
  width,
  height,
  values: Float64Array.from(values),
});

describe('toGrey', () => {
  it('weighs colours as BT.601 and lays what is transparent on white', () => {
    const rgb = {
      width: 3,
      height: 1,
      channels: 3,
      data: Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255),
    } as const;
    const weights = [...toGrey(rgb).values].map((value) => value / 255);
    expect(weights[0]).toBeCloseTo(0.299, 12);
    expect(weights[1]).toBeCloseTo(0.587, 12);
    expect(weights[2]).toBeCloseTo(0.114, 12);
    const alpha = { width: 3, height: 1, channels: 2, data: Uint8Array.of(10, 0, 10, 255, 0, 51) } as const;
    expect([...toGrey(alpha).values]).toEqual([255, 10, 204]);
    const rgba = { width: 1, height: 1, channels: 4, data: Uint8Array.of(0, 0, 0, 0) } as const;
    expect([...toGrey(rgba).values]).toEqual([255]);
  });

  it('refuses an image that lies about its size', () => {
    expect(() => toGrey({ width: 2, height: 2, channels: 1, data: new Uint8Array(3) })).toThrow(
      AntlerInternalError,
    );
  });
});

describe('resizeGrey', () => {
  it('keeps an image of the same size', () => {
    const image = grey(3, 2, 1, 2, 3, 4, 5, 6);
    expect(resizeGrey(image, 3, 2)).toEqual(image);
  });

  it('takes the mean of areas to shrink', () => {
    expect(resizeGrey(grey(4, 2, 0, 2, 4, 6, 2, 4, 6, 8), 2, 1)).toEqual(grey(2, 1, 2, 6));
    const [left, right] = resizeGrey(grey(3, 1, 0, 30, 90), 2, 1).values;
    expect(left).toBeCloseTo(10, 12); // (0 + 30 / 2) / 1.5
    expect(right).toBeCloseTo(70, 12);
  });

  it('interpolates between centres to enlarge', () => {
    expect([...resizeGrey(grey(2, 1, 0, 4), 4, 1).values]).toEqual([0, 1, 3, 4]);
    expect([...resizeGrey(grey(1, 1, 7), 2, 3).values]).toEqual([7, 7, 7, 7, 7, 7]);
  });

  it('keeps a constant image constant at any size', () => {
    for (let size = 1; size < 40; size++) {
      for (const value of resizeGrey(grey(5, 7, ...new Array<number>(35).fill(9)), size, size + 1).values) {
        expect(value).toBeCloseTo(9, 10);
      }
    }
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %s pixels', (size) => {
    expect(() => resizeGrey(grey(1, 1, 0), size, 1)).toThrow(AntlerValueError);
    expect(() => resizeGrey(grey(1, 1, 0), 1, size)).toThrow(
      'resize: expected a positive whole number of pixels',
    );
  });
});

describe('digitFromImage', () => {
  it('leaves an MNIST image as it is', () => {
    const data = Uint8Array.from({ length: 784 }, (_, i) =>
      i % 28 > 5 && i % 28 < 20 && i > 100 && i < 600 ? i % 256 : 0,
    );
    expect(digitFromImage({ width: 28, height: 28, channels: 1, data })).toEqual(data);
  });

  it('inverts ink on light paper, transparent paper too', () => {
    const dark = Uint8Array.from({ length: 9 }, (_, i) => (i === 4 ? 0 : 255));
    const expected = Uint8Array.of(0, 0, 0, 0, 255, 0, 0, 0, 0);
    expect(digitFromImage({ width: 3, height: 3, channels: 1, data: dark }, 3)).toEqual(expected);
    const transparent = Uint8Array.from({ length: 36 }, (_, i) => (i === 4 * 4 + 3 ? 255 : 0));
    expect(digitFromImage({ width: 3, height: 3, channels: 4, data: transparent }, 3)).toEqual(expected);
  });

  it('fills a narrow image up to a square with its background', () => {
    const data = Uint8Array.from({ length: 15 }, (_, i) => (i % 3 === 1 && i > 2 && i < 12 ? 200 : 20));
    const digit = digitFromImage({ width: 3, height: 5, channels: 1, data }, 5);
    expect([...digit.subarray(5, 10)]).toEqual([20, 20, 200, 20, 20]);
    expect([...digit.subarray(0, 5)]).toEqual([20, 20, 20, 20, 20]);
  });
});
