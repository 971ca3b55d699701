import { describe, expect, it } from 'vitest';
import { grad } from '../../tensor/gradient.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError } from '../../util/errors.ts';
import { tensor, zeros } from '../create.ts';
import { add, mul, square } from '../math/arithmetic.ts';
import { allclose } from '../math/close.ts';
import { sum } from '../reduce/reduce.ts';
import { type Complex, fft, ifft, irfft, rfft } from './fourier.ts';
import { istft, stft } from './spectrogram.ts';

function signal(...shape: number[]): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tensor(
    Array.from({ length: size }, (_, i) => Math.sin(5 * i) + Math.cos(i * i)),
    shape,
    'float64',
  );
}

function expectClose(a: Tensor, b: Tensor): void {
  expect(a.shape).toEqual(b.shape);
  expect(allclose(a, b, { rtol: 1e-10, atol: 1e-10 }).itemSync()).toBe(1);
}

/** The definition, in plain numbers. */
function slow(values: ArrayLike<number>): { real: number[]; imag: number[] } {
  const n = values.length;
  const sumOf = (k: number, wave: (angle: number) => number) =>
    Array.from(values).reduce((total, x, j) => total + x * wave((2 * Math.PI * ((j * k) % n)) / n), 0);
  const places = Array.from({ length: n }, (_, k) => k);
  return {
    real: places.map((k) => sumOf(k, Math.cos)),
    imag: places.map((k) => -sumOf(k, Math.sin)),
  };
}

const energy = ({ real, imag }: Complex) => sum(add(square(real), square(imag)));

describe('fft', () => {
  it.each([1, 2, 7, 32, 33, 48, 128, 251, 263, 360, 526, 1024])('of length %i is the definition', (n) => {
    const x = signal(n);
    const expected = slow(x.dataSync());
    const { real, imag } = fft(x);
    expectClose(real, tensor(expected.real, 'float64'));
    expectClose(imag, tensor(expected.imag, 'float64'));
  });

  it.each([5, 64, 300, 331])('and ifft of length %i are inverse', (n) => {
    const z = { real: signal(2, n), imag: mul(signal(2, n), 0.5) };
    const back = ifft(fft(z));
    expectClose(back.real, z.real);
    expectClose(back.imag, z.imag);
  });

  it.each([1, 6, 7, 100, 263])('rfft and irfft of length %i are inverse', (n) => {
    expectClose(irfft(rfft(signal(3, n)), { fftLength: n }), signal(3, n));
  });

  it('keeps the energy, so the gradient is 2 n x', () => {
    const x = signal(40);
    expectClose(grad((y: Tensor) => energy(fft(y)))(x), mul(x, 80));
  });

  it('wants elements and equal parts', () => {
    expect(() => fft(zeros([0]))).toThrow(AntlerValueError);
    expect(() => fft({ real: [1, 2], imag: [1] })).toThrow(AntlerShapeError);
    expect(() => rfft([1], { fftLength: 0 })).toThrow(AntlerValueError);
  });
});

describe('stft', () => {
  const options = { sequenceLength: 12, sequenceStride: 4, fftLength: 16 };

  it.each([{}, { window: 'hamming' as const }, { window: null }])('is undone by istft with %o', (more) => {
    const x = signal(2, 64);
    expectClose(istft(stft(x, { ...options, ...more }), { ...options, ...more, length: 64 }), x);
  });

  it('has a gradient', () => {
    const x = signal(32);
    const slopes = grad((y: Tensor) => energy(stft(y, options)))(x).dataSync();
    const moved = (step: number) => {
      const values = [...x.dataSync()];
      values[10] = (values[10] ?? 0) + step;
      return energy(stft(tensor(values, 'float64'), options)).itemSync();
    };
    expect(slopes[10]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 5);
  });

  it('wants a signal as long as a frame, and a window that fits', () => {
    expect(() => stft(zeros([3]), options)).toThrow(AntlerShapeError);
    expect(() => stft(zeros([30]), { ...options, fftLength: 8 })).toThrow(AntlerValueError);
    expect(() => stft(zeros([30]), { ...options, window: [1, 2] })).toThrow('12 window weights');
  });
});
