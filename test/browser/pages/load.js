import * as antler from 'antler';

/** What the page sees of the package, and whether it may share memory with workers. */
export function run() {
  return {
    names: Object.keys(antler),
    isolated: crossOriginIsolated,
    sharedMemory: typeof SharedArrayBuffer === 'function',
  };
}
