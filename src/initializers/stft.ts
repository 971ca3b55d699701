import { cast } from '../ops/math/arithmetic.ts';
import { fromHost } from '../tensor/tensor.ts';
import { AntlerShapeError, at } from '../util/errors.ts';
import { formatShape, type Shape } from '../util/shapes.ts';
import { lookUp, unknownName } from '../util/suggest.ts';
import { defineInitializer } from './initializer.ts';

/** Cosine coefficients of the windows: sum of (-1)^i a_i cos(2 pi i t). */
const WINDOWS: Readonly<Record<string, readonly number[]>> = {
  boxcar: [1],
  hann: [0.5, 0.5],
  hamming: [0.54, 0.46],
  blackman: [0.42, 0.5, 0.08],
};

/** Options of `stft`. */
export interface StftConfig {
  /** Which part of the complex transform. Default `real`. */
  readonly side: 'real' | 'imag';
  /** `hann` (default), `hamming`, `blackman`, `boxcar`, the values themselves, or null for none. */
  readonly window: string | readonly number[] | null;
  /** Divides by the root of the window's energy, by its sum, or not at all. Default `density`. */
  readonly scaling: 'density' | 'spectrum' | null;
  /** Whether the window goes on after its end with its beginning. Default false. */
  readonly periodic: boolean;
}

const SIDES = ['real', 'imag'] as const;
const SCALINGS = ['density', 'spectrum'] as const;

/**
 * The kernel [frame length, 1, frequencies] of a one-dimensional convolution that is a windowed Fourier transform.
 * As Keras 3.
 */
export const stft = defineInitializer<StftConfig>({
  className: 'STFT',
  defaults: { side: 'real', window: 'hann', scaling: 'density', periodic: false },
  check({ side, scaling, window }) {
    const where = 'STFT';
    if (!SIDES.includes(side)) throw unknownName({ where, kind: 'a side', name: side, known: SIDES });
    if (typeof window === 'string') lookUp(WINDOWS, window, { where, kind: 'a window' });
    if (scaling === null || SCALINGS.includes(scaling)) return;
    throw unknownName({ where, kind: 'a scaling', name: scaling, known: SCALINGS });
  },
  sample(config, shape, { dtype }) {
    const [length, frequencies] = extentsOf(shape);
    const weights = scaled(windowOf(config, length), config);
    const wave = config.side === 'real' ? Math.cos : Math.sin;
    const values = Float64Array.from({ length: length * frequencies }, (_, i) => {
      const [time, frequency] = [Math.floor(i / frequencies), i % frequencies];
      return at(weights, time) * wave((-2 * Math.PI * time * frequency) / (2 * (frequencies - 1)));
    });
    return cast(fromHost(values, shape, 'float64'), dtype);
  },
});

function extentsOf(shape: Shape): [length: number, frequencies: number] {
  const [length, channels, frequencies] = shape;
  if (shape.length === 3 && length && channels === 1 && frequencies && frequencies > 1) {
    return [length, frequencies];
  }
  const expected = 'a kernel [frame length, 1, at least 2 frequencies]';
  throw new AntlerShapeError({ where: 'STFT', expected, got: formatShape(shape) });
}

function windowOf({ window, periodic }: StftConfig, length: number): readonly number[] {
  if (typeof window === 'string') {
    const coefficients = lookUp(WINDOWS, window, { where: 'STFT', kind: 'a window' });
    const period = Math.max(1, periodic ? length : length - 1);
    const terms = (t: number) =>
      coefficients.reduce((sum, a, i) => sum + (-1) ** i * a * Math.cos((2 * Math.PI * i * t) / period), 0);
    return Array.from({ length }, (_, t) => (length === 1 ? 1 : terms(t)));
  }
  const values = window ?? new Array<number>(length).fill(1);
  if (values.length === length) return values;
  const expected = `a window of ${length} values`;
  throw new AntlerShapeError({ where: 'STFT', expected, got: `${values.length}` });
}

/** Keras scales only where there is a window. */
function scaled(values: readonly number[], { window, scaling }: StftConfig): readonly number[] {
  if (window === null || scaling === null) return values;
  const total = values.reduce((sum, v) => sum + (scaling === 'density' ? v * v : Math.abs(v)), 0);
  const divisor = scaling === 'density' ? Math.sqrt(total) : total;
  return values.map((value) => value / divisor);
}
