import type { Graph } from '../graph/graph.ts';
import type { DType, TypedArray } from '../util/dtypes.ts';

/** A backend's own handle of stored elements. Only the backend that made it can read it. */
export interface Storage {
  readonly dtype: DType;
  /** Elements. */
  readonly size: number;
}

export interface CompileOptions {
  /**
   * `donated[i]` is the output that may overwrite input i in place, or null. A donated storage is not to be used
   * after a run, except where it comes back as that output.
   */
  readonly donated?: readonly (number | null)[];
}

/** A compiled graph. */
export interface Executable {
  /** @param inputs one for each graph input, in order; @returns one for each graph output */
  run(inputs: readonly Storage[]): Storage[];
}

/** The memory that a backend manages itself. */
export interface MemoryUsage {
  /** Tensors whose elements are stored now. */
  readonly liveTensors: number;
  /** Bytes in use now, for tensors, programs and scratch. */
  readonly bytesInUse: number;
  /** Most bytes ever in use at once. */
  readonly peakBytes: number;
}

/** An interpreter or compiler of graphs. */
export interface Backend {
  readonly name: string;
  /** Takes elements in; the array is copied or owned, never changed. */
  upload(dtype: DType, data: TypedArray): Storage;
  /** The same elements in memory of their own. */
  copy(storage: Storage): Storage;
  /** The elements, once computed. */
  read(storage: Storage): Promise<TypedArray>;
  /** The elements now. @throws AntlerResourceError on a backend that cannot wait */
  readSync(storage: Storage): TypedArray;
  /** Gives the memory back before the garbage collector does. */
  release(storage: Storage): void;
  compile(graph: Graph, options?: CompileOptions): Executable;
  memory(): MemoryUsage;
}
