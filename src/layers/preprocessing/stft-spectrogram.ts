import { stft } from '../../initializers/stft.ts';
import { add, maximum, square } from '../../ops/math/arithmetic.ts';
import { log, sqrt } from '../../ops/math/math.ts';
import { atan2 } from '../../ops/math/trigonometry.ts';
import { conv1d } from '../../ops/nn/conv.ts';
import { concat, reshape, transpose } from '../../ops/shape/shape.ts';
import { slice } from '../../ops/shape/slicing.ts';
import { pad } from '../../ops/shape/tiling.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Variable } from '../../tensor/variable.ts';
import { AntlerValueError, invariant } from '../../util/errors.ts';
import { unknownName } from '../../util/suggest.ts';
import { type DataFormat, requireDataFormat } from '../data-format.ts';
import { defineLayer } from '../define-layer.ts';
import { requirePadding, requireWhole } from '../requirements.ts';
import type { Padding } from '../window.ts';

/** What a spectrogram shows of the complex transform. */
export type SpectrogramMode = 'log' | 'magnitude' | 'psd' | 'real' | 'imag' | 'angle' | 'stft';

/** Options of `stftSpectrogram`. */
export interface StftSpectrogramConfig {
  /**
   * `log` (default) of magnitudes, `magnitude`, `psd` (power spectral density), the parts `real` and `imag`, both one
   * behind the other (`stft`), or `angle`.
   */
  readonly mode: SpectrogramMode;
  /** Samples of a frame. Default 256. */
  readonly frameLength: number;
  /** Samples between the starts of neighbouring frames. Default null: half a frame. */
  readonly frameStep: number | null;
  /** Samples of a Fourier transform. Default null: the next power of 2. */
  readonly fftLength: number | null;
  /** Weights of the samples: `hann` (default), `hamming`, `blackman`, `boxcar`, the values themselves, or null for none. */
  readonly window: string | readonly number[] | null;
  /** Whether the window goes on after its end with its beginning. Default false. */
  readonly periodic: boolean;
  /** Divides by the root of the window's energy (`density`, default), by its sum (`spectrum`), or not at all. */
  readonly scaling: 'density' | 'spectrum' | null;
  readonly padding: Padding;
  /** Whether channels have an axis of their own. Default false: they follow each other on that of the frequencies. */
  readonly expandDims: boolean;
  readonly dataFormat: DataFormat;
}

/** Below this magnitudes and powers count as this. */
const EPSILON = 1e-7;

/**
 * Signals as their frequencies over time: [batch, samples, channels] to [batch, frames, channels * frequencies], or to
 * [batch, frames, frequencies, channels]; a convolution whose kernels start as those of the Fourier transform, and are
 * learnt unless `trainable: false`. As Keras 3.
 */
export const stftSpectrogram = defineLayer({
  type: 'STFTSpectrogram',
  defaults: {
    mode: 'log',
    frameLength: 256,
    frameStep: null,
    fftLength: null,
    window: 'hann',
    periodic: false,
    scaling: 'density',
    padding: 'valid',
    expandDims: false,
    dataFormat: 'channelsLast',
  },
  input: '[batch, samples, channels]',
  check: requireStft,
  build(config: StftSpectrogramConfig, _input, weights) {
    const { mode, window, scaling, periodic, frameLength } = config;
    const fftLength = config.fftLength ?? 2 ** Math.ceil(Math.log2(frameLength));
    const kernel = (side: 'real' | 'imag'): Variable =>
      weights.add(
        `${side}_kernel`,
        [frameLength, 1, Math.floor(fftLength / 2) + 1],
        stft({ side, window, scaling, periodic }),
      );
    const real = mode === 'imag' ? undefined : kernel('real');
    return { real, imag: mode === 'real' ? undefined : kernel('imag') };
  },
  call({ config, real, imag }, x) {
    const signal = config.dataFormat === 'channelsLast' ? transpose(x, [0, 2, 1]) : x;
    const part = (kernel: Tensor | undefined) => kernel && transformed(signal, kernel, config);
    return arranged(shown(config.mode, part(real), part(imag)), config);
  },
});

const MODES: readonly SpectrogramMode[] = ['log', 'magnitude', 'psd', 'real', 'imag', 'angle', 'stft'];

function requireStft(config: StftSpectrogramConfig, where: string): void {
  const { mode, frameLength, frameStep, fftLength, padding, dataFormat } = config;
  if (!MODES.includes(mode)) throw unknownName({ where, kind: 'a mode', name: String(mode), known: MODES });
  requireWhole(frameLength, 'frameLength', where);
  requirePadding(padding, where);
  requireDataFormat(dataFormat, where);
  if (frameStep !== null && !(Number.isInteger(frameStep) && frameStep >= 1 && frameStep <= frameLength)) {
    const expected = `frameStep, a whole number in [1, ${frameLength}] (frameLength)`;
    throw new AntlerValueError({ where, expected, got: `${frameStep}` });
  }
  if (fftLength !== null && !(Number.isInteger(fftLength) && fftLength >= frameLength)) {
    const expected = `fftLength, a whole number >= ${frameLength} (frameLength)`;
    throw new AntlerValueError({ where, expected, got: `${fftLength}` });
  }
}

/** Signals [batch, channels, samples] to [batch, channels, frames, frequencies]. */
function transformed(signal: Tensor, kernel: Tensor, config: StftSpectrogramConfig): Tensor {
  const [batch = 0, channels = 0, samples = 0] = signal.shape;
  const strides = config.frameStep ?? Math.max(1, Math.floor(config.frameLength / 2));
  const lines = reshape(signal, [batch * channels, samples, 1]);
  const frames = conv1d(lines, kernel, { strides, padding: config.padding });
  return reshape(frames, [batch, channels, ...frames.shape.slice(1)]);
}

/** What the mode shows of the two parts, of which it has those that it needs. */
function shown(mode: SpectrogramMode, real: Tensor | undefined, imag: Tensor | undefined): Tensor {
  const only = real ?? imag;
  invariant(only, 'a spectrogram without kernels');
  if (!real || !imag) return only;
  if (mode === 'angle') return atan2(imag, real);
  if (mode === 'stft') return concat([real, imag], -1);
  const power = add(square(real), square(imag));
  if (mode === 'psd') return twoSided(power);
  const magnitude = sqrt(maximum(power, EPSILON));
  return mode === 'magnitude' ? magnitude : log(maximum(magnitude, EPSILON));
}

/** All frequencies but the first and the last stand for negative ones too. */
function twoSided(power: Tensor): Tensor {
  const inner = (power.shape.at(-1) ?? 0) - 2;
  if (inner <= 0) return power;
  const middle = slice(power, [0, 0, 0, 1], [-1, -1, -1, inner]);
  return add(
    power,
    pad(middle, [
      [0, 0],
      [0, 0],
      [0, 0],
      [1, 1],
    ]),
  );
}

/** [batch, channels, frames, frequencies] in the form that is wanted. */
function arranged(spectrum: Tensor, { expandDims, dataFormat }: StftSpectrogramConfig): Tensor {
  const isLast = dataFormat === 'channelsLast';
  if (expandDims) return isLast ? transpose(spectrum, [0, 2, 3, 1]) : spectrum;
  const [batch = 0, channels = 0, frames = 0, frequencies = 0] = spectrum.shape;
  const rows = reshape(transpose(spectrum, [0, 1, 3, 2]), [batch, channels * frequencies, frames]);
  return isLast ? transpose(rows, [0, 2, 1]) : rows;
}
