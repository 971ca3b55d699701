import { damagedFile } from '../util/damaged-file.ts';

/** How the samples of a WAV file are stored. */
export interface WavFormat {
  readonly channels: number;
  /** Frames a second. */
  readonly sampleRate: number;
  readonly sampleBytes: number;
  /** The sample at a byte. */
  read(view: DataView, offset: number): number;
}

type ReadSample = WavFormat['read'];

/** By the kind of numbers and their bits. Bytes are unsigned, all other integers signed. */
const READERS: ReadonlyMap<string, ReadSample> = new Map<string, ReadSample>([
  ['integer 8', (view, offset) => (view.getUint8(offset) - 2 ** 7) / 2 ** 7],
  ['integer 16', (view, offset) => view.getInt16(offset, true) / 2 ** 15],
  [
    'integer 24',
    (view, offset) => ((view.getInt8(offset + 2) << 16) | view.getUint16(offset, true)) / 2 ** 23,
  ],
  ['integer 32', (view, offset) => view.getInt32(offset, true) / 2 ** 31],
  ['float 32', (view, offset) => view.getFloat32(offset, true)],
  ['float 64', (view, offset) => view.getFloat64(offset, true)],
]);

const KINDS: ReadonlyMap<number, string> = new Map([
  [1, 'integer'],
  [3, 'float'],
]);

/** The true format follows as the first word of an identifier. */
const EXTENSIBLE = 0xfffe;
const PLAIN_BYTES = 16;
const EXTENSIBLE_BYTES = 40;
const IDENTIFIER_OFFSET = 24;

/** Reads the chunk `fmt `. @throws AntlerDataError for a format that is not known */
export function readWavFormat(view: DataView, offset: number, bytes: number, file: string): WavFormat {
  const fault = (expected: string, got: string) => damagedFile({ file, offset, expected, got });
  if (bytes < PLAIN_BYTES) throw fault(`a chunk 'fmt ' of at least ${PLAIN_BYTES} bytes`, `${bytes}`);
  const tag = view.getUint16(offset, true);
  const isExtensible = tag === EXTENSIBLE && bytes >= EXTENSIBLE_BYTES;
  const format = isExtensible ? view.getUint16(offset + IDENTIFIER_OFFSET, true) : tag;
  const channels = view.getUint16(offset + 2, true);
  const sampleRate = view.getUint32(offset + 4, true);
  const frameBytes = view.getUint16(offset + 12, true);
  const bits = view.getUint16(offset + 14, true);
  const read = READERS.get(`${KINDS.get(format)} ${bits}`);
  if (!read) {
    throw fault('PCM of 8, 16, 24 or 32 bits, or floats of 32 or 64', `format ${format} of ${bits} bits`);
  }
  if (channels === 0 || sampleRate === 0 || frameBytes !== (channels * bits) / 8) {
    throw fault(
      'channels and a rate, in frames of their size',
      `${channels} channels at ${sampleRate} Hz in frames of ${frameBytes} bytes`,
    );
  }
  return { channels, sampleRate, sampleBytes: bits / 8, read };
}
