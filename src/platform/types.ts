/** A worker thread with the few abilities that Node and browsers share. */
export interface PlatformWorker {
  /** Sends a structured clone of `message`; buffers in `transfer` move instead. */
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called when the worker's script cannot load or throws. */
  onError(listener: (error: unknown) => void): void;
  /** Called once when the worker has ended, with its exit code (0 for a browser's worker). */
  onExit(listener: (code: number) => void): void;
  terminate(): Promise<void>;
  /**
   * Whether the thread has begun and not ended; known at once in Node, even before `onExit` listeners can be called. In a
   * browser a worker counts from the start until it is told to end.
   */
  isRunning(): boolean;
  /** Lets the process end while the worker still runs. Nothing to do in a browser. */
  unref(): void;
}

/** A process of its own that runs a script. */
export interface PlatformProcess {
  /** Sends a structured clone. */
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once when it has ended, with its exit code or the signal that ended it. */
  onExit(listener: (reason: string) => void): void;
  terminate(): void;
}

/** Facts about the machine, for `doctor` and for the record of a run. */
export interface Environment {
  readonly runtime: 'node' | 'browser';
  /** Node's version, or the browser's user agent. */
  readonly version: string;
  readonly platform: string;
  readonly architecture: string;
  /** Processor model; undefined where the platform hides it. */
  readonly cpu: string | undefined;
  readonly cores: number;
  /** Installed memory; undefined where the platform hides it. */
  readonly memoryBytes: number | undefined;
}

export interface DownloadProgress {
  readonly receivedBytes: number;
  /** Undefined when the server does not say. */
  readonly totalBytes: number | undefined;
}

export type Fetch = (url: string, options: { readonly signal?: AbortSignal }) => Promise<Response>;

export interface DownloadOptions {
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Refuses longer answers. Default 1 GiB. */
  readonly maximumBytes?: number;
  readonly signal?: AbortSignal;
  /** Default: the platform's own `fetch`. */
  readonly fetch?: Fetch;
}

export interface InflateOptions {
  readonly format: 'gzip' | 'deflate';
  /** Refuses to grow beyond this: a small file can claim to hold gigabytes. */
  readonly maximumBytes: number;
  /** Named in errors. */
  readonly file: string;
}

/**
 * Everything Antler asks of the machine. `#platform` resolves to one of the two modules that offer exactly
 * these names; no other room touches Node or the browser. A path is a file path in Node and a URL in a browser.
 */
export interface Platform {
  /** Threads this process can run at once, at least 1. */
  cores(): number;
  environment(): Environment;

  /** @throws AntlerDataError if there is no readable file */
  readFile(path: string): Promise<Uint8Array>;
  /** The bytes of a file from `start` on, piece by piece. @throws AntlerDataError if there is no readable file */
  readChunks(path: string, start: number): AsyncGenerator<Uint8Array, undefined>;
  exists(path: string): Promise<boolean>;
  /** Names in a folder, sorted. @throws AntlerDataError if there is no readable folder */
  list(folder: string): Promise<string[]>;
  /** Names of the folders in a folder, sorted. @throws AntlerDataError if there is no readable folder */
  listFolders(folder: string): Promise<string[]>;
  /** Creates a folder and its parents; no error if it is there. @throws AntlerResourceError */
  makeDirectory(path: string): Promise<void>;
  /**
   * Replaces a file as one step: readers see the old bytes or the new ones, also after a power cut.
   * @throws AntlerResourceError if the folder cannot be written; nothing is left behind then
   */
  writeFileAtomic(path: string, bytes: Uint8Array): Promise<void>;
  /** Removes what `writeFileAtomic` has left beside a file where a process ended in the middle of it. */
  removeUnfinishedWrites(path: string): Promise<void>;
  /** No error if there is no such file. @throws AntlerResourceError */
  removeFile(path: string): Promise<void>;
  /** Adds bytes at the end of a file, which it makes if need be. @throws AntlerResourceError */
  appendBytes(path: string, bytes: Uint8Array): Promise<void>;
  /** Adds `line` and a line feed at the end of a file. @throws AntlerResourceError */
  appendLine(path: string, line: string): Promise<void>;
  joinPath(...parts: string[]): string;
  /** Where downloads are kept: $XDG_CACHE_HOME/antler or ~/.cache/antler; undefined in a browser. */
  cacheFolder(): string | undefined;
  /**
   * A file inside an installed npm package, found without running the package: looks through the node_modules
   * folders above the working directory, then above `fromUrl` (default: Antler itself). Undefined if not there.
   */
  resolvePackageFile(packageName: string, relativePath: string, fromUrl?: string): string | undefined;

  /**
   * @returns the body of the answer
   * @throws AntlerResourceError if the server cannot be reached or refuses; AntlerDataError if the body is
   * shorter than announced or longer than `maximumBytes`
   */
  download(url: string, options?: DownloadOptions): Promise<Uint8Array>;
  /** @throws AntlerDataError if the bytes are damaged or inflate beyond `maximumBytes` */
  inflate(bytes: Uint8Array, options: InflateOptions): Promise<Uint8Array>;
  /** SHA-256 as 64 hexadecimal digits. */
  sha256(bytes: Uint8Array): Promise<string>;

  /**
   * Asks the engine for relaxed SIMD, also in workers started later. Only for an engine that refuses such a module,
   * and before the first module is compiled; Node 20 has it behind a flag, a browser has nothing to switch.
   */
  enableWasmFeatures(): void;

  /**
   * Starts a module worker. Bundlers know the call `new Worker(new URL('./file.js', import.meta.url), { type: 'module' })`
   * with this very name and make the file one of their own, so it must be written out where it is needed.
   */
  readonly Worker: new (
    url: URL,
    options: { readonly type: 'module' },
  ) => RawWorker;

  /**
   * Starts the script at `path`, relative to the module at `fromUrl`, in a process of its own. Not a URL, which a
   * bundler for browsers would take for an asset and carry along. @throws AntlerResourceError in a browser
   */
  startProcess(path: string, fromUrl: string): PlatformProcess;

  /** One interface for the workers of all platforms. `data` becomes the worker's first message, for which it must listen before its first `await`. */
  adoptWorker(worker: RawWorker, data: unknown): PlatformWorker;
}

/** A worker as its platform has it; `adoptWorker` makes it usable. */
export interface RawWorker {
  postMessage(message: unknown, transfer?: never): void;
}
