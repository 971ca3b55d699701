import { describe, expect, it } from 'vitest';
import { readGolden } from '../../../test/support/golden.ts';
import { expectLayerOf, type LayerCase } from '../../../test/support/layer-golden.ts';
import { tensor, zeros } from '../../ops/create.ts';
import * as layers from '../index.ts';

const CASES = ['spectrograms', 'sound'].flatMap((name) => readGolden<LayerCase[]>(`layers/${name}.json`));

describe.each(CASES)('$kind $options', (golden) => {
  it('is that of Keras', async () => {
    await expectLayerOf(layers, golden);
  });
});

describe('spectrograms', () => {
  const tone = (frequency: number) =>
    Float32Array.from({ length: 64 }, (_, i) => Math.cos((2 * Math.PI * frequency * i) / 16));

  it('start as the Fourier transform: a tone stands at its frequency', () => {
    const layer = layers.stftSpectrogram({ mode: 'magnitude', frameLength: 16, window: null });
    const spectrum = layer.apply(tensor(tone(3), [1, 64, 1])).arraySync() as number[][][];
    for (const frame of spectrum[0] ?? []) {
      expect(frame.indexOf(Math.max(...frame))).toBe(3);
      expect(frame[3]).toBeCloseTo(8, 4);
    }
  });

  it('hear a higher tone in a higher band', () => {
    const layer = layers.melSpectrogram({
      fftLength: 16,
      sequenceStride: 16,
      samplingRate: 1600,
      numMelBins: 6,
    });
    const bandOf = (frequency: number) => {
      const levels = (layer.apply(tensor(tone(frequency))).arraySync() as number[][]).map((row) =>
        Number(row[1]),
      );
      return levels.indexOf(Math.max(...levels));
    };
    expect(layer.computeOutputShape([null, 64])).toEqual([null, 6, 5]);
    expect(bandOf(1)).toBeLessThan(bandOf(4));
    expect(bandOf(4)).toBeLessThan(bandOf(7));
  });

  it('refuse what makes no sense', () => {
    expect(() => layers.melSpectrogram({ fftLength: 8, sequenceLength: 9 })).toThrow(
      'melSpectrogram: expected sequenceLength in [1, 8] (fftLength), got 9',
    );
    expect(() => layers.stftSpectrogram({ mode: 'power' as 'psd' })).toThrow("a mode, got 'power'");
    expect(() => layers.stftSpectrogram({ frameLength: 4, frameStep: 5 })).toThrow(
      'in [1, 4] (frameLength), got 5',
    );
    expect(() => layers.stftSpectrogram({ frameLength: 4, fftLength: 2 })).toThrow(
      '>= 4 (frameLength), got 2',
    );
    expect(() => layers.stftSpectrogram().apply(zeros([1, 8]))).toThrow('[batch, samples, channels]');
  });
});
