import { Tensor } from '../../tensor/tensor.ts';
import { promote } from '../../util/dtypes.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { formatShape, normalizeAxis } from '../../util/shapes.ts';
import { type TensorLike, toFloatNode } from '../convert.ts';
import { zeros } from '../create.ts';
import { cast, mul, neg } from '../math/arithmetic.ts';
import { broadcastTo, concat, flip, moveaxis } from '../shape/shape.ts';
import { sliceAxis } from '../shape/slicing.ts';
import { type ComplexPart, discreteFourier } from './fourier-transform.ts';

/** Complex numbers as two real tensors of one shape. */
export interface Complex {
  readonly real: Tensor;
  readonly imag: Tensor;
}

/** What the transforms take: complex numbers, or real ones alone. */
export type ComplexLike = TensorLike | { readonly real: TensorLike; readonly imag: TensorLike };

/** The axis of a transform. */
export interface FourierOptions {
  /** Negative counts from the end. Default -1. */
  readonly axis?: number;
}

function isPair(x: ComplexLike): x is { readonly real: TensorLike; readonly imag: TensorLike } {
  return !(x instanceof Tensor) && typeof x === 'object' && 'real' in x;
}

/** Floats of one dtype; integers become float32. @throws AntlerShapeError for parts of different shapes */
function partsOf(x: ComplexLike, where: string): ComplexPart {
  if (!isPair(x)) return { real: new Tensor(toFloatNode(x, where)), imag: null };
  const [real, imag] = [toFloatNode(x.real, where), toFloatNode(x.imag, where)];
  if (formatShape(real.shape) !== formatShape(imag.shape)) {
    const got = `${formatShape(real.shape)} and ${formatShape(imag.shape)}`;
    throw new AntlerShapeError({ where, expected: 'real and imaginary parts of one shape', got });
  }
  const dtype = promote(real.dtype, imag.dtype);
  return { real: cast(new Tensor(real), dtype), imag: cast(new Tensor(imag), dtype) };
}

function alongLast(
  where: string,
  x: ComplexLike,
  axis: number,
  body: (x: ComplexPart) => ComplexPart,
): Complex {
  const given = partsOf(x, where);
  const along = normalizeAxis(axis, given.real.rank, where);
  if (at(given.real.shape, along) === 0) {
    throw new AntlerValueError({
      where,
      expected: 'at least one element',
      got: formatShape(given.real.shape),
    });
  }
  const move = (part: Tensor) => moveaxis(part, along, -1);
  const result = body({ real: move(given.real), imag: given.imag && move(given.imag) });
  return completed({
    real: moveaxis(result.real, -1, along),
    imag: result.imag && moveaxis(result.imag, -1, along),
  });
}

function completed({ real, imag }: ComplexPart): Complex {
  return { real, imag: imag ?? zeros(real.shape, real.dtype) };
}

/** The inverse is the transform with real and imaginary parts exchanged before and after, over n. */
function inverse({ real, imag }: ComplexPart): ComplexPart {
  const n = at(real.shape, -1);
  const swapped = discreteFourier({ real: imag ?? zeros(real.shape, real.dtype), imag: real });
  return { real: mul(completed(swapped).imag, 1 / n), imag: mul(swapped.real, 1 / n) };
}

/**
 * Discrete Fourier transform X[k] = sum of x[j] e^(-2 pi i j k / n) along an axis. Any n: products of small factors take
 * n log n steps, large primes about six times as many. Integers become float32.
 * @throws AntlerValueError for an empty axis
 */
export function fft(x: ComplexLike, { axis = -1 }: FourierOptions = {}): Complex {
  return alongLast('fft', x, axis, discreteFourier);
}

/** The inverse of `fft`: x[j] = 1/n sum of X[k] e^(2 pi i j k / n) along an axis. */
export function ifft(x: ComplexLike, { axis = -1 }: FourierOptions = {}): Complex {
  return alongLast('ifft', x, axis, inverse);
}

/** `fft` along the last two axes. */
export function fft2(x: ComplexLike): Complex {
  return fft(fft(x, { axis: -1 }), { axis: -2 });
}

/** The inverse of `fft2`. */
export function ifft2(x: ComplexLike): Complex {
  return ifft(ifft(x, { axis: -1 }), { axis: -2 });
}

/** The length of a transform of real numbers. */
export interface RealFourierOptions {
  /** How many real numbers; more or fewer than there are: zeros are appended, or the rest is cut off. Default: as given. */
  readonly fftLength?: number;
}

function requireLength(length: number, where: string): void {
  if (Number.isInteger(length) && length > 0) return;
  throw new AntlerValueError({ where, expected: 'a whole fftLength > 0', got: `${length}` });
}

/** The last axis cut or filled up with zeros. */
function resized(x: Tensor, length: number): Tensor {
  const extent = at(x.shape, -1);
  if (extent >= length) return sliceAxis(x, x.rank - 1, 0, length);
  return concat([x, zeros(x.shape.with(-1, length - extent), x.dtype)], -1);
}

/**
 * The half of `fft` that real numbers have along the last axis: [..., n] to [..., n / 2 + 1] (rounded down); the other half
 * is its mirror image.
 */
export function rfft(x: TensorLike, { fftLength }: RealFourierOptions = {}): Complex {
  return alongLast('rfft', x, -1, ({ real }) => {
    const length = fftLength ?? at(real.shape, -1);
    requireLength(length, 'rfft');
    const { real: a, imag: b } = completed(discreteFourier({ real: resized(real, length), imag: null }));
    const half = (part: Tensor) => sliceAxis(part, part.rank - 1, 0, Math.floor(length / 2) + 1);
    return { real: half(a), imag: half(b) };
  });
}

/**
 * The inverse of `rfft`: [..., n / 2 + 1] to n real numbers, n = `fftLength`, by default 2 (extent - 1). As the mirror image
 * wants it, the imaginary part of the first element, and of the last if n is even, counts as 0.
 */
export function irfft(x: ComplexLike, { fftLength }: RealFourierOptions = {}): Tensor {
  const { real } = alongLast('irfft', x, -1, (given) => {
    const length = fftLength ?? 2 * (at(given.real.shape, -1) - 1);
    requireLength(length, 'irfft');
    const half = completed(given);
    const kept = Math.floor(length / 2) + 1;
    const mirrored = (part: Tensor) => {
      const head = resized(part, kept);
      const tail = sliceAxis(head, head.rank - 1, 1, length - kept);
      return { head, tail: flip(tail, -1) };
    };
    const [a, b] = [mirrored(half.real), mirrored(imaginary(half.imag, length))];
    return inverse({ real: concat([a.head, a.tail], -1), imag: concat([b.head, neg(b.tail)], -1) });
  });
  return real;
}

/** The imaginary parts without those that a real signal cannot have. */
function imaginary(part: Tensor, length: number): Tensor {
  const kept = resized(part, Math.floor(length / 2) + 1);
  const mask = Array.from({ length: at(kept.shape, -1) }, (_, k) => (k === 0 || 2 * k === length ? 0 : 1));
  return mul(kept, broadcastTo(cast(mask, kept.dtype), kept.shape));
}
