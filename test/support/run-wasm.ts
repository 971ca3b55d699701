import {
  type Code,
  i32,
  ModuleBuilder,
  type ValueType,
  v128,
} from '../../src/backends/wasm/encoder/index.ts';
import { detectWasmFeatures } from '../../src/backends/wasm/features.ts';

detectWasmFeatures(); // switches relaxed SIMD on before the first module is compiled

/** Where `vectorFunction` lets the engine put its result. */
const RESULT_ADDRESS = 256;

type Scalar = Exclude<ValueType, 'v128'>;
type Value = number | bigint;
type Bytes = Uint8Array<ArrayBuffer>;

/** Instantiates a module and returns its exports. */
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

/** An expression of scalars as a function that the engine runs; `memory` is one shared page. */
export function scalarFunction(
  params: readonly Scalar[],
  result: Scalar | undefined,
  build: (...operands: readonly Code[]) => Code,
): { readonly run: (...args: readonly Value[]) => Value; readonly memory: Bytes } {
  const module = new ModuleBuilder({ memory: { minimum: 1, maximum: 1, shared: true } });
  const body = module.function({ name: 'run', params, results: result ? [result] : [], export: true });
  body.emit(build(...body.params.map((param) => param.get)));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const run = exported(instantiate(module.encode(), { env: { memory } }), 'run');
  return { run: run as (...args: readonly Value[]) => Value, memory: new Uint8Array(memory.buffer) as Bytes };
}

/** An expression of vectors as a function of their bytes that the engine runs. Operands lie at 0, 16, 32. */
export function vectorFunction(
  operandCount: number,
  build: (...operands: readonly Code[]) => Code,
): (...operands: readonly ArrayBufferView<ArrayBuffer>[]) => Bytes {
  const operands = Array.from({ length: operandCount }, (_, k) => v128.load(i32.const(0), 16 * k));
  const { run, memory } = scalarFunction([], undefined, () =>
    v128.store(i32.const(RESULT_ADDRESS), build(...operands)),
  );
  return (...values) => {
    for (const [k, { buffer, byteOffset }] of values.entries())
      memory.set(new Uint8Array(buffer, byteOffset, 16), 16 * k);
    run();
    return memory.slice(RESULT_ADDRESS, RESULT_ADDRESS + 16);
  };
}
