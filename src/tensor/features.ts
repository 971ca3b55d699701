/** What the WebAssembly engine of this process can do; for programs that report on the machine. */
export {
  detectWasmFeatures as engineFeatures,
  type WasmFeatures as EngineFeatures,
} from '../backends/wasm/features.ts';
