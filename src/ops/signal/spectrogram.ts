import { scatterAdd } from '../../primitives/structure/take.ts';
import { fromHost, hostArray, Tensor } from '../../tensor/tensor.ts';
import type { DType } from '../../util/dtypes.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { formatShape, sizeOf } from '../../util/shapes.ts';
import { type TensorLike, toFloatNode } from '../convert.ts';
import { take } from '../index/take.ts';
import { mul } from '../math/arithmetic.ts';
import { moveaxis, reshape } from '../shape/shape.ts';
import { sliceAxis } from '../shape/slicing.ts';
import { pad } from '../shape/tiling.ts';
import { type Complex, irfft, rfft } from './fourier.ts';

/** How a signal is cut into frames. */
export interface FrameOptions {
  /** Samples under the window. */
  readonly sequenceLength: number;
  /** Samples between the starts of neighbouring frames. */
  readonly sequenceStride: number;
  /** Samples of a transform, at least as many as under the window, which stands in the middle. */
  readonly fftLength: number;
  /** Weights of the samples: `hann` (default) or `hamming`, both periodic, [sequenceLength] numbers, or null for ones. */
  readonly window?: 'hann' | 'hamming' | readonly number[] | null;
  /** Whether frames are centred on their samples, the signal mirrored at its ends. Default true. */
  readonly center?: boolean;
}

/** Options of `istft`. */
export interface InverseFrameOptions extends FrameOptions {
  /** Samples of the result. Default: all there are. */
  readonly length?: number;
}

/** The weights of a frame, zeros around the window. @throws AntlerValueError for lengths that do not fit */
function weightsOf(options: FrameOptions, where: string): number[] {
  const { sequenceLength, sequenceStride, fftLength, window = 'hann' } = options;
  const isWhole = [sequenceLength, sequenceStride, fftLength].every((n) => Number.isInteger(n) && n > 0);
  if (!isWhole || sequenceLength > fftLength) {
    const expected = 'whole sequenceLength, sequenceStride and fftLength > 0, the first not above the last';
    throw new AntlerValueError({ where, expected, got: `${[sequenceLength, sequenceStride, fftLength]}` });
  }
  const weights = windowOf(window, sequenceLength);
  if (weights.length !== sequenceLength) {
    throw new AntlerValueError({
      where,
      expected: `hann, hamming, null or ${sequenceLength} window weights`,
      got: `${weights.length} weights`,
    });
  }
  const before = Math.floor((fftLength - sequenceLength) / 2);
  const frame = new Array<number>(fftLength).fill(0);
  weights.forEach((weight, i) => {
    frame[before + i] = weight;
  });
  return frame;
}

/** The constant of the raised cosine, at whose ends the window has twice that less 1. */
const RAISED_COSINE = { hann: 0.5, hamming: 0.54 };

function windowOf(window: NonNullable<FrameOptions['window']> | null, length: number): readonly number[] {
  if (window === null) return new Array<number>(length).fill(1);
  if (typeof window !== 'string') return window;
  const level = RAISED_COSINE[window];
  return Array.from({ length }, (_, i) => level - (1 - level) * Math.cos((2 * Math.PI * i) / length));
}

function vector(values: readonly number[], dtype: DType): Tensor {
  return fromHost(hostArray(dtype, values), [values.length], dtype);
}

/** Places of all samples of all frames in the signal: int32 [frames, fftLength]. */
function framePlaces(frames: number, { sequenceStride, fftLength }: FrameOptions): Tensor {
  const places = Int32Array.from(
    { length: frames * fftLength },
    (_, i) => Math.floor(i / fftLength) * sequenceStride + (i % fftLength),
  );
  return fromHost(places, [frames, fftLength], 'int32');
}

/**
 * Short-time Fourier transform: the transform of every windowed frame of a signal, [..., samples] to
 * [..., frames, fftLength / 2 + 1]. Integers become float32. As Keras 3.
 * @throws AntlerShapeError for a signal shorter than a frame, AntlerValueError for lengths that do not fit
 */
export function stft(x: TensorLike, options: FrameOptions): Complex {
  const { sequenceStride, fftLength, center = true } = options;
  const weights = weightsOf(options, 'stft');
  const signal = new Tensor(toFloatNode(x, 'stft'));
  const samples = signal.shape.at(-1) ?? 0;
  const margin = center ? Math.floor(fftLength / 2) : 0;
  if (samples + 2 * margin < fftLength || samples <= margin) {
    const expected = `[..., samples] with samples > ${center ? margin : fftLength - 1}`;
    throw new AntlerShapeError({ where: 'stft', expected, got: formatShape(signal.shape) });
  }
  const widths = signal.shape.map((_, axis): [number, number] =>
    axis === signal.rank - 1 ? [margin, margin] : [0, 0],
  );
  const padded = center ? pad(signal, widths, { mode: 'reflect' }) : signal;
  const frames = 1 + Math.floor((samples + 2 * margin - fftLength) / sequenceStride);
  const cut = take(padded, framePlaces(frames, options), -1);
  return rfft(mul(cut, vector(weights, signal.dtype)));
}

/** Below this a sample has been under no window. */
const UNSEEN = 1e-10;

/**
 * The inverse of `stft`: frames [..., frames, fftLength / 2 + 1] to [..., samples], every frame weighted by the window again and
 * the sum divided by that of the squared windows. As Keras 3.
 * @throws AntlerShapeError for less than two axes
 */
export function istft(x: Complex, options: InverseFrameOptions): Tensor {
  const { sequenceStride, fftLength, center = true, length } = options;
  const weights = weightsOf(options, 'istft');
  if (x.real.rank < 2) {
    const expected = '[..., frames, fftLength / 2 + 1]';
    throw new AntlerShapeError({ where: 'istft', expected, got: formatShape(x.real.shape) });
  }
  const waves = irfft(x, { fftLength });
  const frames = mul(waves, vector(weights, waves.dtype));
  const [outer, count] = [frames.shape.slice(0, -2), at(frames.shape, -2)];
  const total = Math.max(0, count - 1) * sequenceStride + fftLength;
  const places = framePlaces(count, options);
  // the samples first, so that those of one place add up
  const rows = moveaxis(reshape(frames, [sizeOf(outer), count, fftLength]), 0, -1);
  const sums = moveaxis(new Tensor(scatterAdd(places.node, rows.node, total)), 0, -1);
  const signal = mul(
    reshape(sums, [...outer, total]),
    vector(reciprocals(weights, count, options), frames.dtype),
  );
  const start = center ? Math.floor(fftLength / 2) : 0;
  const end = length === undefined ? total - start : Math.min(total, start + length);
  return sliceAxis(signal, signal.rank - 1, start, Math.max(0, end - start));
}

/** 1 over the sum of the squared windows above each sample. */
function reciprocals(weights: readonly number[], frames: number, { sequenceStride }: FrameOptions): number[] {
  const squares = new Array<number>(Math.max(0, frames - 1) * sequenceStride + weights.length).fill(0);
  for (let frame = 0; frame < frames; frame++) {
    weights.forEach((weight, i) => {
      const place = frame * sequenceStride + i;
      squares[place] = at(squares, place) + weight * weight;
    });
  }
  return squares.map((square) => (square > UNSEEN ? 1 / square : 1));
}
