import type { Backend } from '../../src/backends/backend.ts';
import { referenceBackend } from '../../src/backends/reference/reference.ts';
import { createWasmBackend } from '../../src/backends/wasm/backend.ts';

/** The backends of the matrix. Each must agree with the first, the oracle. */
export const MATRIX_BACKENDS: readonly { readonly name: string; readonly backend: Backend }[] = [
  { name: 'reference', backend: referenceBackend },
  { name: 'wasm', backend: createWasmBackend({ threads: 2 }) },
];
