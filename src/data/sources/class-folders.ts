import { joinPath, list, listFolders } from '#platform';
import { AntlerDataError } from '../../util/errors.ts';

/** Files of a folder with the number of their class. */
export interface ClassFolders {
  /** Names of the classes, in the order of their numbers. */
  readonly classNames: readonly string[];
  readonly files: readonly { readonly path: string; readonly label: number }[];
}

/** What to look for in a folder. */
export interface ClassFolderOptions {
  /** The classes and their order; default all folders in the folder, by name. Each must be there. */
  readonly classNames?: readonly string[];
  /** Endings of the files that count, in lower case. */
  readonly endings: readonly string[];
  readonly where: string;
}

/** Lists the files in the folders of a folder, by name; each folder is a class. @throws AntlerDataError if there are none */
export async function listClassFolders(
  folder: string,
  { classNames, endings, where }: ClassFolderOptions,
): Promise<ClassFolders> {
  const names = classNames ?? (await listFolders(folder)).filter((name) => !name.startsWith('.'));
  const files: ClassFolders['files'][number][] = [];
  for (const [label, name] of names.entries()) {
    const inside = joinPath(folder, name);
    const found = (await list(inside)).filter((file) =>
      endings.some((end) => file.toLowerCase().endsWith(end)),
    );
    files.push(...found.map((file) => ({ path: joinPath(inside, file), label })));
  }
  if (files.length > 0) return { classNames: names, files };
  throw new AntlerDataError({
    where: `${where}, ${folder}`,
    expected: `a folder for each class with files that end in ${endings.join(', ')}`,
    got: names.length === 0 ? 'no folders' : `none in ${names.join(', ')}`,
  });
}
