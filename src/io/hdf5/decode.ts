import type { Attribute, Dataset, Entity, File, Group } from 'h5wasm';
import { AntlerDataError } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { attributeText } from './attribute-text.ts';
import { readElements } from './elements.ts';
import { requireSoundHeaps } from './global-heap.ts';
import { type Hdf5Library, loadHdf5Library } from './library.ts';
import { withHdf5File } from './session.ts';
import { emptyGroup, type Hdf5Dataset, type Hdf5Group } from './tree.ts';

/** Bytes that all arrays of a file may take. */
const MAXIMUM_BYTES = 2 ** 31;
/** Deflate cannot shrink by more. */
const MAXIMUM_RATIO = 1032;
/** Groups inside groups; deeper than any model, and links that go round end here. */
const MAXIMUM_DEPTH = 64;
/** Bytes that a member takes at least, for its name and what describes it. */
const MEMBER_BYTES = 64;

/**
 * Reads an HDF5 file whole: groups, arrays, and attributes that are texts. Links to other files and data outside the
 * file are refused; sizes are checked before anything is allocated.
 * @param file named in errors
 * @throws AntlerDataError for a file that is damaged or refused; AntlerResourceError if h5wasm is not installed
 */
export async function decodeHdf5(bytes: Uint8Array, file: string): Promise<Hdf5Group> {
  requireSoundHeaps(bytes, file);
  const library = await loadHdf5Library();
  return withHdf5File(library, { start: bytes, file }, (open) =>
    new Hdf5Reader(library, bytes.length, file).read(open),
  );
}

class Hdf5Reader {
  readonly #library: Hdf5Library;
  readonly #available: number;
  readonly #file: string;
  #members = 0;
  #bytes = 0;

  constructor(library: Hdf5Library, available: number, file: string) {
    this.#library = library;
    this.#available = available;
    this.#file = file;
  }

  read(file: File): Hdf5Group {
    return this.#group(file, 0);
  }

  #group(group: Group, depth: number): Hdf5Group {
    if (depth > MAXIMUM_DEPTH) throw this.#refused(group.path, 'groups that end', 'groups inside each other');
    const result = emptyGroup(this.#attributes(group));
    for (const name of group.keys()) {
      this.#members++;
      if (this.#members > this.#available / MEMBER_BYTES) {
        throw this.#refused(group.path, `members that fit into ${this.#available} bytes`, 'more');
      }
      result.members.set(name, this.#member(group.get(name), `${group.path}/${name}`, depth));
    }
    return result;
  }

  #member(entity: Entity | null, path: string, depth: number): Hdf5Group | Hdf5Dataset {
    const type: string = entity && 'type' in entity ? String(entity.type) : 'nothing';
    if (type === 'Group') return this.#group(entity as Group, depth + 1);
    if (type === 'Dataset') return this.#dataset(entity as Dataset, path);
    const got = type === 'ExternalLink' ? 'a link to another file, which is not read' : type;
    throw this.#refused(path, 'a group or an array in this file', got);
  }

  #dataset(dataset: Dataset, path: string): Hdf5Dataset {
    const { metadata, filters } = dataset;
    const { shape, size, total_size: count, virtual_sources: sources } = metadata;
    if (sources && sources.length > 0)
      throw this.#refused(path, 'an array in this file', 'parts of other files');
    if (shape === null || sizeOf(shape) !== count) throw this.#refused(path, 'an array with a shape', 'none');
    const bytes = count * size;
    const limit = this.#available * (filters.length > 0 ? MAXIMUM_RATIO : 1);
    this.#bytes += bytes;
    if (!(bytes <= limit && this.#bytes <= Math.min(MAXIMUM_BYTES, this.#available * MAXIMUM_RATIO))) {
      throw this.#refused(
        path,
        `an array that fits into a file of ${this.#available} bytes`,
        `${bytes} bytes`,
      );
    }
    const elements = readElements(metadata, () => dataset.value);
    if ('refusal' in elements)
      throw this.#refused(path, 'elements of float32, float64, or integers', elements.refusal);
    return { kind: 'dataset', shape, ...elements };
  }

  #attributes(group: Group): Record<string, string | readonly string[]> {
    const texts = Object.entries(group.attrs).map(
      ([name, attribute]) => [name, this.#text(attribute)] as const,
    );
    return Object.fromEntries(texts.filter((entry) => entry[1] !== undefined)) as Record<string, string>;
  }

  #text(attribute: Attribute): string | readonly string[] | undefined {
    const { shape, name, metadata } = attribute;
    const bytes = metadata.total_size * metadata.size;
    if (bytes > this.#available) {
      throw this.#refused(name, `an attribute that fits into ${this.#available} bytes`, `${bytes} bytes`);
    }
    // h5py writes an empty list of names as floats
    return shape !== null && bytes === 0 ? [] : attributeText(this.#library, attribute);
  }

  #refused(path: string, expected: string, got: string): AntlerDataError {
    return new AntlerDataError({
      where: `${this.#file}, ${path.replace(/^\/+/, '/').slice(0, 120)}`,
      expected,
      got,
    });
  }
}
