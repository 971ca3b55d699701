import { invariant, lookup } from '../../../util/errors.ts';
import { ByteReader } from './byte-reader.ts';
import { VALUE_TYPES } from './value-types.ts';

/** Numbers of the sections that the encoder writes. */
export const SECTION = {
  custom: 0,
  type: 1,
  import: 2,
  function: 3,
  global: 6,
  export: 7,
  start: 8,
  code: 10,
} as const;

const HEADER_BYTES = 8;

/** The sections of a module, unread. */
export class Sections {
  /** Of the custom section `name`. */
  readonly names: ByteReader | undefined;
  readonly #byNumber = new Map<number, ByteReader>();

  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const reader = new ByteReader(view, HEADER_BYTES);
    while (!reader.isAtEnd) {
      const id = reader.byte();
      const content = reader.sized();
      if (id === SECTION.custom && content.name() === 'name') this.names = content;
      else this.#byNumber.set(id, content);
    }
  }

  /** The items of a section; none if the module does without it. */
  items<T>(id: number, read: (reader: ByteReader, index: number) => T): T[] {
    const reader = this.#byNumber.get(id);
    return reader ? reader.vector((index) => read(reader, index)) : [];
  }

  /** The section as it is. */
  get(id: number): ByteReader | undefined {
    return this.#byNumber.get(id);
  }
}

export interface Signature {
  readonly parameters: readonly string[];
  readonly results: readonly string[];
}

export function readSignature(reader: ByteReader): Signature {
  invariant(reader.byte() === 0x60, 'the type of a function');
  const types = () => reader.vector(() => readType(reader));
  return { parameters: types(), results: types() };
}

export function readType(reader: ByteReader): string {
  return lookup(VALUE_TYPES, reader.byte());
}

/** An import: a function, by the number of its type, or the memory, as text. */
export interface Import {
  readonly module: string;
  readonly name: string;
  readonly type: number | undefined;
  readonly memory: string;
}

export function readImport(reader: ByteReader): Import {
  const [module, name] = [reader.name(), reader.name()];
  if (reader.byte() === 0x00) return { module, name, type: reader.unsigned(), memory: '' };
  const flags = reader.byte();
  const minimum = reader.unsigned();
  const maximum = flags & 1 ? ` ${reader.unsigned()}` : '';
  return {
    module,
    name,
    type: undefined,
    memory: `(memory ${minimum}${maximum}${flags & 2 ? ' shared' : ''})`,
  };
}
