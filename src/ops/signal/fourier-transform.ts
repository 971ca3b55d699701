import { fromHost, hostArray, type Tensor } from '../../tensor/tensor.ts';
import type { DType } from '../../util/dtypes.ts';
import { at } from '../../util/errors.ts';
import { zeros } from '../create.ts';
import { matmul } from '../linalg/linalg.ts';
import { add, mul, sub } from '../math/arithmetic.ts';
import { concat, reshape, swapaxes } from '../shape/shape.ts';
import { sliceAxis } from '../shape/slicing.ts';

/** Complex numbers as real tensors; null where all imaginary parts are 0. */
export interface ComplexPart {
  readonly real: Tensor;
  readonly imag: Tensor | null;
}

/** Up to here a matrix product is faster than anything cleverer. */
const DENSE = 32;

/** Up to here a matrix product beats the detour by powers of two for primes. */
const DENSE_PRIME = 256;

/** The transform along the last axis. */
export function discreteFourier(x: ComplexPart): ComplexPart {
  const n = at(x.real.shape, -1);
  if (n <= DENSE) return dense(x, n);
  const factor = largestFactor(n);
  if (factor > 1) return split(x, factor, n / factor);
  return n <= DENSE_PRIME ? dense(x, n) : chirp(x, n);
}

/** The largest divisor up to DENSE. */
function largestFactor(n: number): number {
  for (let factor = DENSE; factor > 1; factor--) if (n % factor === 0) return factor;
  return 1;
}

/** Cosine and sine of 2 pi times numerators over n, which are reduced exactly first. */
function circle(numerators: readonly number[], n: number): { cosines: number[]; sines: number[] } {
  const angles = numerators.map((k) => (2 * Math.PI * (k % n)) / n);
  return { cosines: angles.map(Math.cos), sines: angles.map(Math.sin) };
}

function table(values: readonly number[], shape: readonly number[], dtype: DType): Tensor {
  return fromHost(hostArray(dtype, values), shape, dtype);
}

/** By the definition, as a product with [cos | -sin] for real and [sin | cos] for imaginary parts. */
function dense({ real, imag }: ComplexPart, n: number): ComplexPart {
  const places = Array.from({ length: n }, (_, i) => i);
  const rows = (of: (cosines: number[], sines: number[]) => number[]) => {
    const values = places.flatMap((j) => {
      const { cosines, sines } = circle(
        places.map((k) => j * k),
        n,
      );
      return of(cosines, sines);
    });
    return table(values, [n, 2 * n], real.dtype);
  };
  const fromReal = matmul(
    real,
    rows((cosines, sines) => [...cosines, ...sines.map((s) => -s)]),
  );
  const both = imag
    ? add(
        fromReal,
        matmul(
          imag,
          rows((cosines, sines) => [...sines, ...cosines]),
        ),
      )
    : fromReal;
  const axis = both.rank - 1;
  return { real: sliceAxis(both, axis, 0, n), imag: sliceAxis(both, axis, n, n) };
}

function map({ real, imag }: ComplexPart, f: (part: Tensor) => Tensor): ComplexPart {
  return { real: f(real), imag: imag && f(imag) };
}

function product(x: ComplexPart, y: { readonly real: Tensor; readonly imag: Tensor }): ComplexPart {
  if (!x.imag) return { real: mul(x.real, y.real), imag: mul(x.real, y.imag) };
  return {
    real: sub(mul(x.real, y.real), mul(x.imag, y.imag)),
    imag: add(mul(x.real, y.imag), mul(x.imag, y.real)),
  };
}

/** n = a b: transforms of length a of every b-th element, a turn of each, then transforms of length b (Cooley, Tukey 1965). */
function split(x: ComplexPart, a: number, b: number): ComplexPart {
  const n = a * b;
  const outer = x.real.shape.slice(0, -1);
  const columns = map(x, (part) => swapaxes(reshape(part, [...outer, a, b]), -1, -2));
  const numerators = Array.from({ length: n }, (_, i) => Math.floor(i / a) * (i % a));
  const { cosines, sines } = circle(numerators, n);
  const turns = {
    real: table(cosines, [b, a], x.real.dtype),
    imag: table(
      sines.map((s) => -s),
      [b, a],
      x.real.dtype,
    ),
  };
  const turned = product(discreteFourier(columns), turns);
  const rows = discreteFourier(map(turned, (part) => swapaxes(part, -1, -2)));
  return map(rows, (part) => reshape(swapaxes(part, -1, -2), [...outer, n]));
}

/** As a convolution with e^(i pi j^2 / n), by transforms whose length is a power of two (Bluestein 1970). */
function chirp(x: ComplexPart, n: number): ComplexPart {
  const length = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const { dtype } = x.real;
  const squares = Array.from({ length: n }, (_, j) => j * j);
  const { cosines, sines } = circle(squares, 2 * n);
  const waves = {
    real: table(cosines, [n], dtype),
    imag: table(
      sines.map((s) => -s),
      [n],
      dtype,
    ),
  };
  const padded = map(product(x, waves), (part) =>
    concat([part, zeros([...part.shape.slice(0, -1), length - n], dtype)], -1),
  );
  const around = (values: readonly number[]) => {
    const ring = new Array<number>(length).fill(0);
    values.forEach((value, j) => {
      ring[j] = value;
      ring[(length - j) % length] = value;
    });
    return table(ring, [length], dtype);
  };
  const filter = discreteFourier({ real: around(cosines), imag: around(sines) });
  const spectrum = product(discreteFourier(padded), { real: filter.real, imag: imaginaryOf(filter) });
  // the inverse transform is the transform with the parts exchanged
  const back = discreteFourier({ real: imaginaryOf(spectrum), imag: spectrum.real });
  const first = (part: Tensor) => mul(sliceAxis(part, part.rank - 1, 0, n), 1 / length);
  return product({ real: first(imaginaryOf(back)), imag: first(back.real) }, waves);
}

function imaginaryOf({ real, imag }: ComplexPart): Tensor {
  return imag ?? zeros(real.shape, real.dtype);
}
