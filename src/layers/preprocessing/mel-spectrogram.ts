import { matmul } from '../../ops/linalg/linalg.ts';
import { add, cast, maximum, mul, pow, square, sub } from '../../ops/math/arithmetic.ts';
import { log10 } from '../../ops/math/logarithms.ts';
import { max } from '../../ops/reduce/reduce.ts';
import { swapaxes } from '../../ops/shape/shape.ts';
import { type FrameOptions, stft } from '../../ops/signal/spectrogram.ts';
import { fromHost, type Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError, at } from '../../util/errors.ts';
import { defineLayer } from '../define-layer.ts';
import { requireWhole } from '../requirements.ts';
import { melWeights } from './mel-scale.ts';

/** Options of `melSpectrogram`. */
export interface MelSpectrogramConfig {
  /** Samples of a Fourier transform. Default 2048. */
  readonly fftLength: number;
  /** Samples between the starts of neighbouring frames. Default 512. */
  readonly sequenceStride: number;
  /** Samples under the window. Default null: `fftLength`. */
  readonly sequenceLength: number | null;
  /** Weights of the samples. Default `hann`. */
  readonly window: NonNullable<FrameOptions['window']> | null;
  /** Samples in a second. Default 16000. */
  readonly samplingRate: number;
  /** How many bands there are. Default 128. */
  readonly numMelBins: number;
  /** Where the bands begin, in hertz. Default 20. */
  readonly minFreq: number;
  /** Where the bands end, in hertz. Default null: half the sampling rate. */
  readonly maxFreq: number | null;
  /** Whether powers are given in decibels. Default true. */
  readonly powerToDb: boolean;
  /** Decibels below the greatest power of the batch at which values are cut off. Default 80. */
  readonly topDb: number;
  /** The exponent of magnitudes; 2, the default, makes powers. */
  readonly magExp: number;
  /** Powers below count as this one, in decibels. Default 1e-10. */
  readonly minPower: number;
  /** The power of 0 decibels. Default 1. */
  readonly refPower: number;
}

/**
 * Sound as the loudness of bands of frequencies over time: [batch, samples], or [samples], to [batch, numMelBins,
 * frames]; in decibels, or as powers. As Keras 3.
 */
export const melSpectrogram = defineLayer({
  type: 'MelSpectrogram',
  defaults: {
    fftLength: 2048,
    sequenceStride: 512,
    sequenceLength: null,
    window: 'hann',
    samplingRate: 16000,
    numMelBins: 128,
    minFreq: 20,
    maxFreq: null,
    powerToDb: true,
    topDb: 80,
    magExp: 2,
    minPower: 1e-10,
    refPower: 1,
  },
  input: '[..., samples]',
  check: requireSpectrogram,
  call({ config }: { readonly config: MelSpectrogramConfig }, x) {
    const { fftLength, sequenceStride, window } = config;
    const sequenceLength = config.sequenceLength ?? fftLength;
    const { real, imag } = stft(x, { fftLength, sequenceStride, sequenceLength, window });
    const power = add(square(real), square(imag));
    const magnitude = config.magExp === 2 ? power : pow(power, config.magExp / 2);
    const bands = matmul(magnitude, weightsFor(magnitude, config));
    return swapaxes(config.powerToDb ? decibels(bands, config) : bands, -1, -2);
  },
});

function requireSpectrogram(config: MelSpectrogramConfig, where: string): void {
  const { fftLength, sequenceStride, sequenceLength, numMelBins } = config;
  requireWhole(fftLength, 'fftLength', where);
  requireWhole(sequenceStride, 'sequenceStride', where);
  requireWhole(numMelBins, 'numMelBins', where);
  if (sequenceLength === null || (sequenceLength >= 1 && sequenceLength <= fftLength)) return;
  throw new AntlerValueError({
    where,
    expected: `sequenceLength in [1, ${fftLength}] (fftLength)`,
    got: `${sequenceLength}`,
  });
}

function weightsFor(spectrum: Tensor, config: MelSpectrogramConfig): Tensor {
  const { samplingRate, numMelBins, minFreq } = config;
  const frequencies = at(spectrum.shape, -1);
  const maxFreq = config.maxFreq ?? Math.floor(samplingRate / 2);
  const weights = melWeights({ frequencies, samplingRate, numMelBins, minFreq, maxFreq });
  return cast(fromHost(weights, [frequencies, numMelBins], 'float64'), spectrum.dtype);
}

function decibels(power: Tensor, { minPower, refPower, topDb }: MelSpectrogramConfig): Tensor {
  const reference = 10 * Math.log10(Math.max(Math.abs(refPower), minPower));
  const levels = sub(mul(log10(maximum(power, minPower)), 10), reference);
  return maximum(levels, sub(max(levels), topDb));
}
