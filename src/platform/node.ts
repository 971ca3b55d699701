/** The machine as Node offers it; see `Platform` in types.ts. */
export { listFolders, readChunks } from './node/chunks.ts';
export {
  appendBytes,
  appendLine,
  exists,
  list,
  makeDirectory,
  readFile,
  removeFile,
  removeUnfinishedWrites,
  writeFileAtomic,
} from './node/files.ts';
export { cacheFolder, joinPath, resolvePackageFile } from './node/folders.ts';
export { cores, environment, sha256 } from './node/machine.ts';
export { startProcess } from './node/processes.ts';
export { enableWasmFeatures } from './node/wasm.ts';
export { adoptWorker, Worker } from './node/workers.ts';
export { download } from './shared/download.ts';
export { inflate } from './shared/inflate.ts';
