import { readChunks } from '#platform';
import { readTextRecords, type TextPlace, type TextRecord } from '../../io/text-records.ts';
import type { Json } from '../../util/exact-json.ts';
import { type Cursor, END } from '../pipeline/cursor.ts';
import { savedCount, savedParts } from '../pipeline/saved-state.ts';

/** A file: its path in Node, its URL in a browser, or its bytes. */
export type DataFile = string | URL | Uint8Array;

/** A text file whose records are read one by one. */
export interface RecordFile {
  readonly file: DataFile;
  /** See `TextRecordsOptions`. */
  readonly quoted: boolean;
}

const FILE_START: TextPlace = { offset: 0, line: 1 };

/** The name of a file in errors. */
export function nameOfFile(file: DataFile): string {
  return file instanceof Uint8Array ? 'the given bytes' : String(file);
}

/** The records from a place on. */
export function recordsOf(
  { file, quoted }: RecordFile,
  start = FILE_START,
): AsyncGenerator<TextRecord, undefined> {
  const { offset } = start;
  const chunks = file instanceof Uint8Array ? [file.subarray(offset)] : readChunks(pathOf(file), offset);
  return readTextRecords(chunks, { file: nameOfFile(file), start, quoted });
}

function pathOf(file: string | URL): string {
  if (typeof file === 'string') return file;
  return file.protocol === 'file:' ? decodeURIComponent(file.pathname) : file.href;
}

/** Makes elements of records; undefined for records that are none. */
export type ParseRecord<T> = (record: TextRecord) => T | undefined;

/** A pass over the records of a file. Its state is a place in the file, so that going on reads nothing twice. */
export class RecordCursor<T> implements Cursor<T> {
  readonly #file: RecordFile;
  /** Known once the beginning of the file has been looked at. */
  readonly #format: Promise<RecordFormat<T>>;
  #place: TextPlace | undefined;
  #records: AsyncGenerator<TextRecord, undefined> | undefined;

  constructor(file: RecordFile, format: Promise<RecordFormat<T>>, state: Json | undefined) {
    this.#file = file;
    this.#format = format;
    format.catch(() => {}); // the first `next` reports it
    this.#place = state === undefined || state === null ? undefined : savedPlace(state);
  }

  async next(): Promise<T | typeof END> {
    const { start, parse } = await this.#format;
    this.#records ??= recordsOf(this.#file, this.#place ?? start);
    for (;;) {
      const { done, value: record } = await this.#records.next();
      if (done) return END;
      this.#place = record.end;
      const element = parse(record);
      if (element !== undefined) return element;
    }
  }

  state(): Json {
    return this.#place ? { ...this.#place } : null;
  }

  async close(): Promise<void> {
    await this.#records?.return(undefined);
  }
}

/** What is known of a file once its beginning was read. */
export interface RecordFormat<T> {
  /** Where the elements begin. */
  readonly start: TextPlace;
  readonly parse: ParseRecord<T>;
}

/** The format of a file without a heading. */
export function plainFormat<T>(parse: ParseRecord<T>): RecordFormat<T> {
  return { start: FILE_START, parse };
}

function savedPlace(state: Json): TextPlace {
  const { offset, line } = savedParts(state, ['offset', 'line'], 'iterate');
  return { offset: savedCount(offset, 'iterate'), line: savedCount(line, 'iterate') };
}
