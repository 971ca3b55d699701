import { damagedFile } from '../util/damaged-file.ts';
import { readWavFormat, type WavFormat } from './wav-format.ts';

/** Sound in memory. */
export interface Sound {
  /** Frames a second. */
  readonly sampleRate: number;
  readonly channels: number;
  /** [frames, channels], row-major, in [-1, 1] for integer formats. */
  readonly samples: Float32Array;
}

interface Chunk {
  readonly id: string;
  /** Of its content. */
  readonly offset: number;
  readonly bytes: number;
}

const HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;

/**
 * Decodes a WAV file: PCM of 8, 16, 24 or 32 bits, or floats of 32 or 64. Integers are divided by the size of the most
 * negative, as `tf.audio.decode_wav`.
 * @param file named in errors
 * @throws AntlerDataError naming the byte, for other formats and where the file is shorter than it says
 */
export function decodeWav(bytes: Uint8Array, file: string): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  requireHeader(view, file);
  let format: WavFormat | undefined;
  for (const chunk of chunksOf(view, file)) {
    if (chunk.id === 'fmt ') format = readWavFormat(view, chunk.offset, chunk.bytes, file);
    if (chunk.id !== 'data') continue;
    if (format) return readSamples(view, chunk, format, file);
    throw damagedFile({ file, offset: chunk.offset, expected: "a chunk 'fmt ' before 'data'", got: 'none' });
  }
  throw damagedFile({ file, offset: bytes.length, expected: "a chunk 'data'", got: 'the end of the file' });
}

function requireHeader(view: DataView, file: string): void {
  const isRiff = view.byteLength >= HEADER_BYTES && nameAt(view, 0) === 'RIFF' && nameAt(view, 8) === 'WAVE';
  if (isRiff) return;
  throw damagedFile({ file, offset: 0, expected: 'the header RIFF ... WAVE', got: 'another file' });
}

function* chunksOf(view: DataView, file: string): Generator<Chunk> {
  let offset = HEADER_BYTES;
  while (offset + CHUNK_HEADER_BYTES <= view.byteLength) {
    const id = nameAt(view, offset);
    const bytes = view.getUint32(offset + 4, true);
    const start = offset + CHUNK_HEADER_BYTES;
    if (start + bytes > view.byteLength) {
      throw damagedFile({
        file,
        offset: start,
        expected: `${bytes} bytes of chunk '${id}'`,
        got: `${view.byteLength - start} to the end of the file`,
      });
    }
    yield { id, offset: start, bytes };
    offset = start + bytes + (bytes % 2); // chunks begin at even places
  }
}

function nameAt(view: DataView, offset: number): string {
  return String.fromCharCode(...Array.from({ length: 4 }, (_, i) => view.getUint8(offset + i)));
}

function readSamples(view: DataView, chunk: Chunk, format: WavFormat, file: string): Sound {
  const { channels, sampleRate, sampleBytes, read } = format;
  const frames = chunk.bytes / (channels * sampleBytes);
  if (!Number.isInteger(frames)) {
    throw damagedFile({
      file,
      offset: chunk.offset,
      expected: `whole frames of ${channels * sampleBytes} bytes`,
      got: `${chunk.bytes} bytes`,
    });
  }
  const samples = new Float32Array(frames * channels);
  for (let i = 0; i < samples.length; i++) samples[i] = read(view, chunk.offset + i * sampleBytes);
  return { sampleRate, channels, samples };
}
