/** What to write into a WAV file. */
export interface WavOptions {
  readonly bits: number;
  /** As stored: integers, or numbers for floats. */
  readonly samples: readonly number[];
  /** 1 integers, 3 floats. Default 1. */
  readonly format?: number;
  readonly channels?: number;
  readonly sampleRate?: number;
}

/** The bytes of a WAV file. */
export function wavBytes({
  bits,
  samples,
  format = 1,
  channels = 1,
  sampleRate = 8000,
}: WavOptions): Uint8Array {
  const sampleBytes = bits / 8;
  const view = new DataView(new ArrayBuffer(44 + samples.length * sampleBytes));
  const text = (offset: number, name: string) => {
    for (let i = 0; i < 4; i++) view.setUint8(offset + i, name.charCodeAt(i));
  };
  text(0, 'RIFF');
  view.setUint32(4, view.byteLength - 8, true);
  text(8, 'WAVE');
  text(12, 'fmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, format, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * channels * sampleBytes, true);
  view.setUint16(32, channels * sampleBytes, true);
  view.setUint16(34, bits, true);
  text(36, 'data');
  view.setUint32(40, samples.length * sampleBytes, true);
  samples.forEach((sample, i) => {
    const offset = 44 + i * sampleBytes;
    if (format === 3) (bits === 32 ? view.setFloat32 : view.setFloat64).call(view, offset, sample, true);
    else
      for (let byte = 0; byte < sampleBytes; byte++)
        view.setUint8(offset + byte, (sample >> (8 * byte)) & 255);
  });
  return new Uint8Array(view.buffer);
}
