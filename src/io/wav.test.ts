import { describe, expect, it } from 'vitest';
import { wavBytes } from '../../test/support/wav.ts';
import { AntlerDataError } from '../util/errors.ts';
import { decodeWav } from './wav.ts';

describe('decodeWav', () => {
  it.each([
    [1, 8, [128, 192, 0], [0, 0.5, -1]],
    [1, 16, [0, 16384, -32768], [0, 0.5, -1]],
    [1, 24, [0, 2 ** 22, -(2 ** 23)], [0, 0.5, -1]],
    [1, 32, [0, 2 ** 30, -(2 ** 31)], [0, 0.5, -1]],
    [3, 32, [0, 0.5, -2], [0, 0.5, -2]],
    [3, 64, [0, 0.5, -2], [0, 0.5, -2]],
  ])('reads format %i of %i bits', (format, bits, stored, expected) => {
    const { samples, sampleRate, channels } = decodeWav(wavBytes({ format, bits, samples: stored }), 'a.wav');
    expect([...samples]).toEqual(expected);
    expect([sampleRate, channels]).toEqual([8000, 1]);
  });

  it('reads channels, extensible formats, and skips other chunks', () => {
    const plain = wavBytes({ bits: 16, samples: [1, 2, 3, 4], channels: 2 });
    const format = new Uint8Array(48);
    format.set(plain.subarray(12, 36));
    format[4] = 40;
    format.set([0xfe, 0xff], 8);
    format[32] = 1; // the format itself, in the identifier
    const odd = Uint8Array.of(...new TextEncoder().encode('LIST'), 3, 0, 0, 0, 1, 2, 3, 0);
    const bytes = Uint8Array.from([...plain.subarray(0, 12), ...odd, ...format, ...plain.subarray(36)]);
    const sound = decodeWav(bytes, 'a.wav');
    expect(sound.channels).toBe(2);
    expect([...sound.samples].map((sample) => sample * 32768)).toEqual([1, 2, 3, 4]);
  });

  it('refuses a file that is cut at any byte', () => {
    const whole = wavBytes({ bits: 16, samples: [1, 2, 3] });
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeWav(whole.subarray(0, length), 'a.wav')).toThrow(AntlerDataError);
    }
    expect(() => decodeWav(whole.subarray(0, 47), 'a.wav')).toThrow(
      "a.wav, byte 44: expected 6 bytes of chunk 'data', got 3 to the end of the file",
    );
  });

  it('refuses formats it does not know', () => {
    expect(() => decodeWav(wavBytes({ format: 6, bits: 8, samples: [] }), 'a.wav')).toThrow(
      'a.wav, byte 20: expected PCM of 8, 16, 24 or 32 bits, or floats of 32 or 64, got format 6 of 8 bits',
    );
    expect(() => decodeWav(wavBytes({ bits: 16, samples: [], channels: 0 }), 'a.wav')).toThrow(
      '0 channels at 8000 Hz',
    );
  });
});
