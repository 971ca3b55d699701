import { loadZipLibrary } from './library.ts';

/** A file of an archive. */
export interface ZipMember {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The earliest time that a zip archive can state: equal contents give equal archives. */
const TIME = new Date(1980, 0, 1);

/**
 * Writes a zip archive. Members are stored as they are: weights hardly shrink, and readers can look into them.
 * @throws AntlerResourceError if the zip library is not installed
 */
export async function writeZip(members: readonly ZipMember[]): Promise<Uint8Array> {
  const { ZipWriter, Uint8ArrayReader, Uint8ArrayWriter } = await loadZipLibrary();
  const writer = new ZipWriter(new Uint8ArrayWriter(), {
    level: 0,
    useWebWorkers: false,
    extendedTimestamp: false,
  });
  for (const { name, bytes } of members) {
    await writer.add(name, new Uint8ArrayReader(bytes), { lastModDate: TIME, dataDescriptor: false });
  }
  return writer.close();
}
