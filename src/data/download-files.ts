import * as platform from '#platform';
import { inflateIfGzip } from './idx.ts';
import {
  type DatasetOptions,
  type FileBytes,
  IDX_FILE_NAMES,
  type IdxDatasetDefinition,
  type IdxFileName,
} from './idx-dataset-definition.ts';
import { requireSha256 } from './verify-files.ts';

/** A file as it came over the network (`compressed`) and inflated (`bytes`). */
export interface DownloadedFile extends FileBytes {
  readonly compressed: Uint8Array;
}

export type DownloadedFiles = Readonly<Record<IdxFileName, DownloadedFile>>;

/**
 * Fetches the four files from the definition's mirror and checks them.
 * @throws AntlerResourceError if the mirror cannot be reached; AntlerDataError if it gives something else
 */
export async function downloadFiles(
  definition: IdxDatasetDefinition,
  options: DatasetOptions,
): Promise<DownloadedFiles> {
  const files: Partial<Record<IdxFileName, DownloadedFile>> = {};
  for (const name of IDX_FILE_NAMES) files[name] = await downloadFile(definition, name, options);
  return files as DownloadedFiles;
}

/** Keeps what was downloaded for the next time. @throws AntlerResourceError if the folder cannot be written */
export async function keepFiles(files: DownloadedFiles, folder: string): Promise<void> {
  await platform.makeDirectory(folder);
  for (const name of IDX_FILE_NAMES) {
    await platform.writeFileAtomic(platform.joinPath(folder, `${name}.gz`), files[name].compressed);
  }
}

async function downloadFile(
  definition: IdxDatasetDefinition,
  name: IdxFileName,
  { onProgress, fetch, signal }: DatasetOptions,
): Promise<DownloadedFile> {
  const url = `${definition.mirror}${name}.gz`;
  const compressed = await platform.download(url, {
    onProgress: (progress) => onProgress?.({ file: name, ...progress }),
    ...(fetch && { fetch }),
    ...(signal && { signal }),
  });
  const bytes = await inflateIfGzip(compressed, url);
  await requireSha256({ file: url, bytes }, definition.sha256[name], `run ${definition.install}`);
  return { file: url, bytes, compressed };
}
