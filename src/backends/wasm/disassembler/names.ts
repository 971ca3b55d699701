import type { ByteReader } from './byte-reader.ts';

/** What the name section says, by index. */
export interface ModuleNames {
  readonly functions: ReadonlyMap<number, string>;
  /** Of each function. */
  readonly locals: ReadonlyMap<number, ReadonlyMap<number, string>>;
}

const SUBSECTION = { functions: 1, locals: 2 } as const;

/** Reads the name section, if there is one. */
export function readNames(section: ByteReader | undefined): ModuleNames {
  let functions: ReadonlyMap<number, string> = new Map();
  let locals: ReadonlyMap<number, ReadonlyMap<number, string>> = new Map();
  while (section && !section.isAtEnd) {
    const kind = section.byte();
    const content = section.sized();
    if (kind === SUBSECTION.functions) functions = readMap(content);
    if (kind === SUBSECTION.locals) {
      locals = new Map(content.vector(() => [content.unsigned(), readMap(content)] as const));
    }
  }
  return { functions, locals };
}

function readMap(reader: ByteReader): Map<number, string> {
  return new Map(reader.vector(() => [reader.unsigned(), reader.name()] as const));
}

/** Identifiers of the text format: no two alike, and nothing in them that would end them. */
export function identifiers(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = name.replace(/[^A-Za-z0-9_.+:*]/g, '_');
    let unique = `$${plain}`;
    for (let i = 2; taken.has(unique); i++) unique = `$${plain}_${i}`;
    taken.add(unique);
    return unique;
  });
}
