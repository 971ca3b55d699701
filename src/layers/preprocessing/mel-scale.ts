/** How the mel scale is laid out over the frequencies of a transform. */
export interface MelBands {
  /** Frequencies of the transform, from 0 to half the sampling rate. */
  readonly frequencies: number;
  /** Samples in a second. */
  readonly samplingRate: number;
  /** How many bands there are. */
  readonly numMelBins: number;
  /** Where the first begins, in hertz. */
  readonly minFreq: number;
  /** Where the last ends, in hertz. */
  readonly maxFreq: number;
}

/** Mel of a frequency in hertz (O'Shaughnessy 1987). */
function mel(hertz: number): number {
  return 1127 * Math.log(1 + hertz / 700);
}

/**
 * What each frequency counts in each band: triangles that are equally wide on the mel scale, [frequencies, numMelBins]
 * in row-major order. The frequency 0 counts nowhere.
 */
export function melWeights(bands: MelBands): Float64Array {
  const { frequencies, samplingRate, numMelBins, minFreq, maxFreq } = bands;
  const [first, last] = [mel(minFreq), mel(maxFreq)];
  const width = (last - first) / (numMelBins + 1);
  return Float64Array.from({ length: frequencies * numMelBins }, (_, i) => {
    const [frequency, band] = [Math.floor(i / numMelBins), i % numMelBins];
    if (frequency === 0) return 0;
    const place = mel((frequency * samplingRate) / 2 / (frequencies - 1));
    const center = first + (band + 1) * width;
    return Math.max(0, 1 - Math.abs(place - center) / width);
  });
}
