import {
  type Code,
  i32,
  ModuleBuilder,
  type ValueType,
  v128,
} from '../../src/backends/wasm/encoder/index.ts';
import { detectWasmFeatures } from '../../src/backends/wasm/features.ts';

detectWasmFeatures(); // switches relaxed SIMD on before the first module is compiled

/** Bytes at the start of the memory that expressions under test may use; vector results land after them. */
export const SCRATCH_BYTES = 256;

/** Instantiates a module that may import `env.memory`, and returns its exports. */
export function instantiate(
  bytes: Uint8Array<ArrayBuffer>,
  imports: WebAssembly.Imports = {},
): WebAssembly.Exports {
  return new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports;
}

/** An exported function, for calls from tests. */
export function exported(exports: WebAssembly.Exports, name: string): (...args: unknown[]) => unknown {
  const value = exports[name];
  if (typeof value !== 'function') throw new TypeError(`no function ${name} is exported`);
  return value as (...args: unknown[]) => unknown;
}

/** Value of an expression of a scalar type, computed by the engine. `scratch` is the memory from address 0. */
export function evaluateScalar(
  type: Exclude<ValueType, 'v128'>,
  code: Code,
  scratch: ArrayLike<number> = [],
): number | bigint {
  const { run } = prepare(code, [type], scratch);
  return run() as number | bigint;
}

/** The sixteen bytes of an expression of type v128, computed by the engine. */
export function evaluateVector(code: Code, scratch: ArrayLike<number> = []): Uint8Array<ArrayBuffer> {
  const { run, memory } = prepare(v128.store(i32.const(SCRATCH_BYTES), code), [], scratch);
  run();
  return new Uint8Array(memory.buffer.slice(SCRATCH_BYTES, SCRATCH_BYTES + 16) as ArrayBuffer);
}

/** The scratch memory after a statement ran. */
export function runStatement(code: Code, scratch: ArrayLike<number> = []): Uint8Array {
  const { run, memory } = prepare(code, [], scratch);
  run();
  return new Uint8Array(memory.buffer, 0, SCRATCH_BYTES);
}

function prepare(code: Code, results: readonly ValueType[], scratch: ArrayLike<number>) {
  const builder = new ModuleBuilder({ memory: { minimum: 1, maximum: 1, shared: true } });
  const body = builder.function({ name: 'run', results, export: true });
  body.emit(code);
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  new Uint8Array(memory.buffer).set(scratch);
  return { run: exported(instantiate(builder.encode(), { env: { memory } }), 'run'), memory };
}
