import { enableWasmFeatures } from '#platform';
import { type Code, drop, f32x4, ModuleBuilder } from './encoder/index.ts';

/** What the WebAssembly engine of this process can do. */
export interface WasmFeatures {
  /** 128-bit vectors; Antler's kernels need them. */
  readonly simd: boolean;
  /** Multiply-add in one instruction. */
  readonly relaxedSimd: boolean;
  /** Memory that threads can share, and a main thread that may wait for the others: not so in a page outside a worker. */
  readonly threads: boolean;
}

/**
 * Asks the engine by validating tiny modules. Call it before the first module is compiled: where relaxed SIMD is
 * behind a flag, the flag is set here.
 */
export function detectWasmFeatures(): WasmFeatures {
  const zero = f32x4.const(0, 0, 0, 0);
  const simd = accepts(zero);
  const multiplyAdd = f32x4.relaxedMadd(zero, zero, zero);
  if (simd && !accepts(multiplyAdd)) enableWasmFeatures();
  return { simd, relaxedSimd: simd && accepts(multiplyAdd), threads: canShareMemory() };
}

function accepts(value: Code): boolean {
  const probe = new ModuleBuilder();
  probe.function({ name: 'probe' }).emit(drop(value));
  return WebAssembly.validate(probe.encode());
}

/** Browsers hide SharedArrayBuffer, or forbid sharing it, on pages that are not cross-origin isolated. */
function canShareMemory(): boolean {
  if (typeof SharedArrayBuffer === 'undefined' || globalThis.crossOriginIsolated === false) return false;
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  return memory.buffer instanceof SharedArrayBuffer && mayWait(new Int32Array(memory.buffer, 0, 1));
}

/** The thread that shows a page must not sleep; engines throw there. */
function mayWait(word: Int32Array): boolean {
  try {
    return Atomics.wait(word, 0, 1, 0) === 'not-equal';
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
