import { AntlerDataError } from '../util/errors.ts';

/** A place between two records of a text file. */
export interface TextPlace {
  /** Bytes before it. */
  readonly offset: number;
  /** Number of the line that begins here; the first is 1. */
  readonly line: number;
}

/** A record of a text file, without its line end. */
export interface TextRecord {
  readonly text: string;
  /** The line on which it begins. */
  readonly line: number;
  /** Where the next one begins. */
  readonly end: TextPlace;
}

/** Where records come from and how they end. */
export interface TextRecordsOptions {
  /** Named in errors. */
  readonly file: string;
  /** Where the first chunk begins. */
  readonly start: TextPlace;
  /** Whether a line end between two quotation marks belongs to the record, as in CSV. */
  readonly quoted: boolean;
}

/** A longer record is refused before it fills the memory: a quotation mark that is never closed makes one. */
const MAXIMUM_RECORD_BYTES = 2 ** 24;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const QUOTE = 34;

/**
 * Cuts UTF-8 text into records that end with LF or CR LF, the last perhaps with the file.
 * @throws AntlerDataError naming the line, for text that is no UTF-8 or an endless record
 */
export async function* readTextRecords(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: TextRecordsOptions,
): AsyncGenerator<TextRecord, undefined> {
  const cutter = new RecordCutter(options);
  for await (const chunk of chunks) {
    yield* cutter.cut(chunk);
  }
  yield* cutter.finish();
}

class RecordCutter {
  readonly #options: TextRecordsOptions;
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  /** Pieces of the record that is not complete yet. */
  #pieces: Uint8Array[] = [];
  #pieceBytes = 0;
  #isQuoted = false;
  #begin: TextPlace;
  #lineFeeds = 0;

  constructor(options: TextRecordsOptions) {
    this.#options = options;
    this.#begin = options.start;
  }

  *cut(chunk: Uint8Array): Generator<TextRecord> {
    const { quoted } = this.#options;
    let start = 0;
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i];
      if (byte === QUOTE && quoted) this.#isQuoted = !this.#isQuoted;
      if (byte !== LINE_FEED) continue;
      this.#lineFeeds++;
      if (this.#isQuoted) continue;
      this.#add(chunk.subarray(start, i + 1));
      yield this.#take();
      start = i + 1;
    }
    if (start < chunk.length) this.#add(chunk.slice(start)); // the chunk's memory may be used again
  }

  *finish(): Generator<TextRecord> {
    if (this.#isQuoted) throw this.#fault('a closing quotation mark', 'the end of the file');
    if (this.#pieceBytes > 0) yield this.#take();
  }

  #add(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#pieceBytes += piece.length;
    if (this.#pieceBytes <= MAXIMUM_RECORD_BYTES) return;
    throw this.#fault(`a record of at most ${MAXIMUM_RECORD_BYTES} bytes`, 'a longer one');
  }

  #take(): TextRecord {
    const bytes = joined(this.#pieces, this.#pieceBytes);
    const { offset, line } = this.#begin;
    const text = this.#decode(withoutLineEnd(bytes));
    const end = { offset: offset + bytes.length, line: line + this.#lineFeeds };
    this.#pieces = [];
    this.#pieceBytes = 0;
    this.#lineFeeds = 0;
    this.#begin = end;
    return { text, line, end };
  }

  #decode(bytes: Uint8Array): string {
    try {
      return this.#decoder.decode(bytes);
    } catch (cause) {
      throw this.#fault('text in UTF-8', 'other bytes', { cause });
    }
  }

  #fault(expected: string, got: string, options?: ErrorOptions): AntlerDataError {
    const where = `${this.#options.file}, line ${this.#begin.line}`;
    return new AntlerDataError({ where, expected, got }, options);
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = pieces;
  if (first && pieces.length === 1) return first;
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

function withoutLineEnd(bytes: Uint8Array): Uint8Array {
  if (bytes.at(-1) !== LINE_FEED) return bytes;
  return bytes.subarray(0, bytes.at(-2) === CARRIAGE_RETURN ? -2 : -1);
}
