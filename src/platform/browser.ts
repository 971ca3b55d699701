/** The machine as a browser offers it; see `Platform` in types.ts. */
export { listFolders, readChunks } from './browser/chunks.ts';
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
} from './browser/files.ts';
export { cacheFolder, joinPath, resolvePackageFile } from './browser/folders.ts';
export { cores, environment, sha256 } from './browser/machine.ts';
export { startProcess } from './browser/processes.ts';
export { enableWasmFeatures } from './browser/wasm.ts';
export { adoptWorker, Worker } from './browser/workers.ts';
export { download } from './shared/download.ts';
export { inflate } from './shared/inflate.ts';
