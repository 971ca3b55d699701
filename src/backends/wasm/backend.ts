import { cores } from '#platform';
import { type Plan, plan } from '../../compiler/compile.ts';
import { paddedBytes } from '../../compiler/memory/plan.ts';
import type { Graph } from '../../graph/graph.ts';
import type { DType, TypedArray } from '../../util/dtypes.ts';
import { bytesPerElement } from '../../util/dtypes.ts';
import { AntlerResourceError, AntlerValueError, at, invariant } from '../../util/errors.ts';
import type { Backend, CompileOptions, Executable, Inspection, MemoryUsage, Storage } from '../backend.ts';
import { emitProgram, type ProgramOptions } from './codegen/program.ts';
import { disassemble } from './disassembler/disassemble.ts';
import { detectWasmFeatures } from './features.ts';
import { type Frame, frameOf } from './frame.ts';
import { tunedKernel } from './kernels/index.ts';
import { measureProgram } from './measure.ts';
import { EngineMemory } from './memory.ts';
import type { WasmOptions } from './options.ts';
import { type Program, ThreadPool } from './threads/pool.ts';
import { spawnWorker } from './threads/pool-worker.ts';

/** Elements in the engine memory; freed when released or collected. */
class WasmStorage implements Storage {
  readonly dtype: DType;
  readonly size: number;
  /** 0 once the memory is given away. */
  address: number;

  constructor(dtype: DType, size: number, address: number) {
    this.dtype = dtype;
    this.size = size;
    this.address = address;
  }
}

/** The default backend: whole graphs compiled to WebAssembly, run by all threads on one memory. */
export function createWasmBackend(options: WasmOptions): Backend {
  return new WasmBackend(options);
}

class WasmBackend implements Backend {
  readonly name = 'wasm';
  readonly #memory: EngineMemory;
  readonly #pool: ThreadPool;
  readonly #relaxedSimd: boolean;
  readonly #collected: FinalizationRegistry<number>;
  readonly #dropped = new FinalizationRegistry<() => void>((release) => release());
  #scratch = { address: 0, bytes: 0 };
  #liveTensors = 0;

  constructor({ threads = cores(), relaxedSimd = true }: WasmOptions) {
    if (!Number.isInteger(threads) || threads < 1) {
      throw new AntlerValueError({
        where: 'threads',
        expected: 'a whole number from 1',
        got: String(threads),
      });
    }
    const features = detectWasmFeatures();
    if (!features.simd) {
      throw new AntlerResourceError({
        where: 'wasm backend',
        expected: 'an engine with WebAssembly SIMD',
        got: 'one without',
      });
    }
    this.#relaxedSimd = relaxedSimd && features.relaxedSimd;
    this.#memory = new EngineMemory({ shared: features.threads && threads > 1 });
    this.#pool = new ThreadPool(this.#memory, { workers: threads - 1, spawn: spawnWorker });
    this.#collected = new FinalizationRegistry((address) => this.#free(address));
  }

  upload(dtype: DType, data: TypedArray): Storage {
    const storage = this.#allocate(dtype, data.length);
    this.#memory.elements(dtype, storage.address, data.length).set(data);
    return storage;
  }

  copy(storage: Storage): Storage {
    const copy = this.#allocate(storage.dtype, storage.size);
    this.readSync(copy).set(this.readSync(storage));
    return copy;
  }

  async read(storage: Storage): Promise<TypedArray> {
    return this.readSync(storage);
  }

  readSync(storage: Storage): TypedArray {
    const { dtype, address, size } = own(storage);
    return this.#memory.elements(dtype, address, size);
  }

  release(storage: Storage): void {
    const held = own(storage);
    this.#collected.unregister(held);
    this.#free(held.address);
    held.address = 0;
  }

  memory(): MemoryUsage {
    const { bytesInUse, peakBytes } = this.#memory;
    return { liveTensors: this.#liveTensors, bytesInUse, peakBytes };
  }

  compile(graph: Graph, { donated = [] }: CompileOptions = {}): Executable {
    const compiled = this.#plan(graph, donated);
    if (compiled.isDivided) this.#pool.start(); // the workers start while the code is written
    const program = this.#pool.load(emitProgram(compiled, this.#programOptions), this.#threadsFor(compiled));
    const frame = frameOf(compiled);
    const args = this.#memory.alloc(4 * frame.words);
    const executable = {
      run: (inputs: readonly Storage[]) => this.#run(frame, program, args, inputs.map(own)),
    };
    this.#dropped.register(executable, () => {
      this.#pool.release(program);
      this.#memory.free(args);
    });
    return executable;
  }

  inspect(graph: Graph, { donated = [] }: CompileOptions = {}): Inspection {
    const compiled = this.#plan(graph, donated);
    const bytes = emitProgram(compiled, this.#programOptions);
    const machine = { memory: this.#memory, pool: this.#pool, options: this.#programOptions };
    return {
      plan: compiled,
      module: { format: 'WebAssembly', bytes: bytes.length, text: () => disassemble(bytes) },
      measure: (inputs, effort) => {
        const addresses = inputs.map((input) => own(input).address);
        return measureProgram(compiled, machine, addresses, effort);
      },
    };
  }

  /** @throws AntlerResourceError for a program that no memory could hold: its code could not even name the places */
  #plan(graph: Graph, donated: readonly (number | null)[]): Plan {
    const compiled = plan(graph, donated, (node) =>
      tunedKernel({ primitive: node.primitive, attrs: node.attrs, inputs: node.inputs, output: node }),
    );
    const { sharedBytes, localBytes } = compiled.places;
    const sizes = compiled.outputs.map(({ dtype, size }) => size * bytesPerElement(dtype));
    this.#memory.requirePossible(sizes.reduce((total, bytes) => total + bytes, sharedBytes + localBytes));
    return compiled;
  }

  get #programOptions(): ProgramOptions {
    return {
      relaxedSimd: this.#relaxedSimd,
      controlAddress: this.#pool.controlAddress,
      shared: this.#memory.shared,
      maximumPages: this.#memory.maximumPages,
    };
  }

  #run(frame: Frame, program: Program, args: number, inputs: readonly WasmStorage[]): Storage[] {
    const outputs = frame.outputs.map(({ dtype, size }, i) => {
      const donor = frame.inPlace[i];
      return donor === undefined ? this.#allocate(dtype, size) : at(inputs, donor);
    });
    const { sharedBytes, localBytes } = frame;
    const shared = this.#scratchAddress(paddedBytes(sharedBytes) + localBytes * this.#pool.maximumThreads);
    const words = this.#memory.int32(args, frame.words);
    inputs.forEach(({ address }, i) => {
      words[i] = address;
    });
    outputs.forEach(({ address }, i) => {
      words[inputs.length + i] = address;
    });
    words[inputs.length + outputs.length] = shared;
    words[inputs.length + outputs.length + 1] = shared + paddedBytes(sharedBytes);
    this.#pool.run(program, args, this.#threadsFor(frame));
    frame.donated.forEach((output, i) => {
      if (output !== null && frame.inPlace[output] !== i) this.release(at(inputs, i));
    });
    return outputs;
  }

  /** Waking a thread takes longer than a small program. */
  #threadsFor({ isDivided }: Pick<Plan, 'isDivided'>): number {
    return isDivided ? this.#pool.maximumThreads : 1;
  }

  #allocate(dtype: DType, size: number): WasmStorage {
    const address = this.#memory.alloc(paddedBytes(size * bytesPerElement(dtype)));
    this.#liveTensors++;
    const storage = new WasmStorage(dtype, size, address);
    this.#collected.register(storage, address, storage);
    return storage;
  }

  #free(address: number): void {
    this.#memory.free(address);
    this.#liveTensors--;
  }

  /** Scratch memory for one run, shared by all programs, since only one runs at a time. */
  #scratchAddress(bytes: number): number {
    if (this.#scratch.bytes < bytes) {
      if (this.#scratch.bytes > 0) this.#memory.free(this.#scratch.address);
      this.#scratch = { address: 0, bytes: 0 };
      this.#scratch = { address: this.#memory.alloc(bytes), bytes };
    }
    return this.#scratch.address;
  }
}

function own(storage: Storage): WasmStorage {
  invariant(storage instanceof WasmStorage, 'storage of another backend');
  invariant(storage.address !== 0, 'storage that was given away');
  return storage;
}
