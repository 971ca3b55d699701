import type { FileEntry } from '@zip.js/zip.js/lib/zip-core-native.js';
import { AntlerDataError, AntlerError } from '../../util/errors.ts';
import { loadZipLibrary, type ZipLibrary } from './library.ts';

/** How to read an archive. */
export interface ReadZipOptions {
  /** Named in errors. */
  readonly file: string;
  /** Refuses archives that hold more, all members together. Default 2 GiB. */
  readonly maximumBytes?: number;
}

const DEFAULT_MAXIMUM_BYTES = 2 ** 31;

/** Deflate cannot shrink by more (Gailly and Adler, zlib's technical details). */
const MAXIMUM_RATIO = 1032;

/**
 * Reads all members of a zip archive. Names, sizes and checksums are checked: a member that would land outside a
 * folder, a name twice, a size that is not true, and damaged bytes are refused; sizes before anything is allocated.
 * @returns the members by name
 * @throws AntlerDataError for all of those; AntlerResourceError if the zip library is not installed
 */
export async function readZip(bytes: Uint8Array, options: ReadZipOptions): Promise<Map<string, Uint8Array>> {
  const library = await loadZipLibrary();
  const { file } = options;
  try {
    return await readMembers(bytes, library, options);
  } catch (cause) {
    if (cause instanceof AntlerError) throw cause;
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new AntlerDataError({ where: file, expected: 'a whole zip archive', got }, { cause });
  }
}

async function readMembers(
  bytes: Uint8Array,
  { ZipReader, Uint8ArrayReader }: ZipLibrary,
  { file, maximumBytes = DEFAULT_MAXIMUM_BYTES }: ReadZipOptions,
): Promise<Map<string, Uint8Array>> {
  const reader = new ZipReader(new Uint8ArrayReader(bytes), {
    checkSignature: true,
    checkOverlappingEntry: true,
    useWebWorkers: false,
    strictness: 'strict',
    // names are checked below, with messages of our own
    filenameValidation: 'tolerant',
  });
  const members = new Map<string, Uint8Array>();
  let total = 0;
  for await (const entry of reader.getEntriesGenerator()) {
    requireSafeName(entry.filename, file);
    if (members.has(entry.filename)) throw refused(file, entry.filename, 'distinct names', 'the name twice');
    if (entry.directory) continue;
    requireTrueSize(entry, bytes.length, file);
    total += entry.uncompressedSize;
    if (total > maximumBytes) {
      throw refused(file, entry.filename, `at most ${maximumBytes} bytes in all`, `${total}`);
    }
    members.set(entry.filename, await inflateEntry(entry, file));
  }
  return members;
}

/** @throws AntlerDataError for a name that could point outside the folder into which it is unpacked */
function requireSafeName(name: string, file: string): void {
  const isOutside = /^[/\\]|^[a-zA-Z]:|(^|[/\\])\.\.([/\\]|$)|\\|\0/.test(name);
  if (name !== '' && !isOutside) return;
  throw refused(file, name, "a name inside the archive, without '..', drive or leading slash", 'another');
}

/** @throws AntlerDataError for a size that these bytes cannot have */
function requireTrueSize(entry: FileEntry, available: number, file: string): void {
  const { uncompressedSize, compressedSize, compressionMethod, encrypted, filename } = entry;
  if (encrypted) throw refused(file, filename, 'a member that is not encrypted', 'an encrypted one');
  const ratio = compressionMethod === 0 ? 1 : MAXIMUM_RATIO;
  if (compressedSize <= available && uncompressedSize <= compressedSize * ratio) return;
  throw refused(
    file,
    filename,
    `at most ${Math.min(compressedSize, available) * ratio} bytes in ${compressedSize}`,
    `${uncompressedSize}`,
  );
}

/** The content of a member: exactly as many bytes as it says it has. */
async function inflateEntry(entry: FileEntry, file: string): Promise<Uint8Array> {
  const content = new Uint8Array(entry.uncompressedSize);
  let filled = 0;
  const lie = (got: string) => refused(file, entry.filename, `${content.length} bytes, as it says`, got);
  const writable = new WritableStream<Uint8Array>({
    write(chunk) {
      if (filled + chunk.length > content.length) throw lie('more');
      content.set(chunk, filled);
      filled += chunk.length;
    },
  });
  await entry.getData({ writable });
  if (filled < content.length) throw lie(`${filled}`);
  return content;
}

function refused(file: string, member: string, expected: string, got: string): AntlerDataError {
  return new AntlerDataError({ where: `${file}, member '${member.slice(0, 80)}'`, expected, got });
}
