import { setFlagsFromString } from 'node:v8';

/** See `Platform.enableWasmFeatures`. */
export function enableWasmFeatures(): void {
  setFlagsFromString('--experimental-wasm-relaxed-simd');
}
