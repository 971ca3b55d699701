/** What the WebAssembly engine of this process can do; for programs that report on the machine. */
export { detectWasmFeatures as engineFeatures } from '../backends/wasm/features.ts';
