/** See `Platform.enableWasmFeatures`. */
export function enableWasmFeatures(): void {}
