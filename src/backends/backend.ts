import type { Plan } from '../compiler/compile.ts';
import type { MeasuredTimes } from '../compiler/explain/explain.ts';
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

/** How long to measure, and by which clock. */
export interface MeasuringEffort {
  /** Milliseconds of a clock that only goes forward, for instance `() => performance.now()`. */
  readonly clock: () => number;
  /** Seconds to spend, warming up included. */
  readonly seconds: number;
}

/** What a backend would run for a graph, to look at. Nothing of it is kept. */
export interface Inspection {
  readonly plan: Plan;
  readonly module: { readonly format: string; readonly bytes: number; text(): string };
  /** Runs it over and over on copies of the inputs, which stay as they are. */
  measure(inputs: readonly Storage[], effort: MeasuringEffort): MeasuredTimes;
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
  /** What `compile` would make. Absent on a backend that compiles nothing. */
  inspect?(graph: Graph, options?: CompileOptions): Inspection;
  memory(): MemoryUsage;
}
