import type { Backend, MemoryUsage } from '../backends/backend.ts';
import { referenceBackend } from '../backends/reference/reference.ts';
import { createWasmBackend } from '../backends/wasm/backend.ts';
import type { WasmOptions } from '../backends/wasm/options.ts';
import { AntlerValueError } from '../util/errors.ts';

/** Names of the backends, the default first. */
export const BACKENDS = ['wasm', 'reference'] as const;

export type BackendName = (typeof BACKENDS)[number];

let current: Backend | undefined;

/** The backend in use; the WebAssembly one is started on first use. */
export function backend(): Backend {
  current ??= createWasmBackend({});
  return current;
}

/**
 * Chooses where tensors are computed. Tensors made before belong to the old backend and cannot be used with the new one.
 * @param name `wasm` (default), or `reference`, a slow interpreter in double precision
 * @param options of the `wasm` backend: `threads` (default: all cores), `relaxedSimd` (default: if the engine has it)
 */
export function setBackend(name: BackendName, options: WasmOptions = {}): void {
  if (!BACKENDS.includes(name)) {
    throw new AntlerValueError({ where: 'setBackend', expected: BACKENDS.join(' or '), got: `'${name}'` });
  }
  current = name === 'reference' ? referenceBackend : createWasmBackend(options);
}

/** The name of the backend in use. */
export function getBackend(): string {
  return backend().name;
}

/** Memory of the backend in use, beside that of JavaScript itself. */
export function memoryUsage(): MemoryUsage {
  return backend().memory();
}
