import type { AttrValue } from '../../graph/node.ts';
import type { DType } from '../../util/dtypes.ts';
import type { Shape } from '../../util/shapes.ts';

/** What a compiled function is made of, as plain data: it survives JSON, and `formatExplanation` prints it. */
export interface Explanation {
  readonly graph: ExplainedGraph;
  /** In the order in which they run. */
  readonly kernels: readonly ExplainedKernel[];
  /** What runs when; kernels by their number in `kernels`. */
  readonly phases: readonly ExplainedPhase[];
  readonly memory: ExplainedMemory;
  readonly module: ExplainedModule;
  /** Null where no clock was given. */
  readonly timing: ExplainedTiming | null;
}

/** A graph after simplification, inputs before their users. */
export interface ExplainedGraph {
  readonly nodes: readonly ExplainedNode[];
  readonly inputs: readonly NamedNode[];
  readonly outputs: readonly NamedNode[];
}

export interface NamedNode {
  readonly id: number;
  /** A variable's name, `argument 0`, `result 0`, or `constant 0` for what the function knows from outside. */
  readonly name: string;
}

export interface ExplainedNode {
  /** Its own among all nodes, those of bodies included. */
  readonly id: number;
  readonly primitive: string;
  readonly inputs: readonly number[];
  readonly shape: Shape;
  readonly dtype: DType;
  /** Path of the layer that made it, or whose gradient it is; empty outside layers. */
  readonly scope: string;
  readonly attrs: { readonly [name: string]: AttrValue };
  /** The functions that control flow runs. */
  readonly bodies: readonly ExplainedGraph[];
}

/** Operation that is part of a kernel. */
export interface ExplainedOperation {
  readonly primitive: string;
  readonly scope: string;
  readonly shape: Shape;
  readonly dtype: DType;
}

export interface ExplainedKernel {
  readonly name: string;
  /** `tuned`: written by hand for this operation; `move`: copies or joins values without an operation of its own. */
  readonly kind: 'tuned' | 'elementwise' | 'reduction' | 'loops' | 'move';
  /** The layer whose value it computes or prepares; empty outside layers. */
  readonly scope: string;
  /** The values it reads and writes, each once: `add#12` is the result of node 12, an addition. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** The operations that are fused into it, inputs before their users. */
  readonly operations: readonly ExplainedOperation[];
  /** Of its first result, or of what it moves. */
  readonly shape: Shape;
  readonly dtype: DType;
  /** Rows of its outermost loop, and how they are cut for threads and caches. */
  readonly rows: number;
  readonly chunks: number;
  readonly rowsPerChunk: number;
  /** How often it runs over all its rows in one run of the program; null where data decides and nobody measured. */
  readonly rounds: number | null;
  /**
   * Of one round: additions, multiplications, comparisons and the like of floats; a multiply-add is two, a transcendental
   * function is the operations of its polynomial. A tuned kernel counts what its operation is defined as: 2 m n k for a
   * matrix product, 2 output window channels for a convolution, padding included.
   */
  readonly flops: number;
  /** Of one round: each element counted once, as if caches were perfect. */
  readonly bytesRead: number;
  readonly bytesWritten: number;
  /** FLOPs for each byte. */
  readonly arithmeticIntensity: number;
  /** Of all rounds of a run, on one thread; null without a clock. */
  readonly seconds: number | null;
  readonly gflops: number | null;
  /** Part of the time of all kernels. */
  readonly share: number | null;
  /** Its loops as pseudo-code; absent unless asked for, empty for a tuned kernel. */
  readonly code?: string;
}

/** Regions that run side by side, then blocks, one by one. Threads wait for each other behind both. */
export interface ExplainedPhase {
  readonly regions: readonly ExplainedRegion[];
  readonly blocks: readonly ExplainedBlock[];
}

/** Kernels that run one after the other on each chunk of rows, while it is in the cache. */
export interface ExplainedRegion {
  readonly rows: number;
  readonly chunks: number;
  readonly rowsPerChunk: number;
  readonly kernels: readonly number[];
}

export interface ExplainedBlock {
  readonly kind: 'scan' | 'while' | 'cond';
  /** Rounds of a loop; null where data decides. */
  readonly rounds: number | null;
  /** The body; of a condition the one for true and the one for false; of a while loop the test and the body. */
  readonly parts: readonly (readonly ExplainedPhase[])[];
}

export interface ExplainedMemory {
  /** Scratch memory of a run on one thread: `sharedBytes` + `localBytes`. */
  readonly arenaBytes: number;
  /** Bytes that are alive at the busiest moment: no placement needs less. */
  readonly lowerBoundBytes: number;
  readonly ratio: number;
  /** Seen by all threads. */
  readonly sharedBytes: number;
  /** Of each thread: what lives within one chunk. */
  readonly localBytes: number;
  readonly inputBytes: number;
  /** Outputs with memory of their own; the others take over that of an input. */
  readonly outputBytes: number;
  readonly places: readonly ExplainedPlace[];
}

export interface ExplainedPlace {
  readonly value: string;
  readonly kind: 'input' | 'output' | 'shared' | 'local' | 'workspace';
  /** In the arena of its kind; null for inputs and outputs, which lie where their tensors are. */
  readonly offset: number | null;
  /** A local value's are those of one chunk. */
  readonly bytes: number;
  /** First and last moment of use, in phases; of a local value, the kernels of its region. */
  readonly from: number;
  readonly to: number;
  /** For a local value or a workspace, the number of its region. */
  readonly region?: number;
  /** The input whose memory an output takes over. */
  readonly inPlaceOf?: string;
}

export interface ExplainedModule {
  readonly format: string;
  readonly bytes: number;
  /** Absent unless asked for. */
  readonly text?: string;
}

/** Seconds of whole runs. Where other programs want the processor too, they differ much. */
export interface ExplainedRuns {
  readonly median: number;
  readonly fastest: number;
}

/**
 * How times were taken: the program ran on one thread with a reading of the clock behind every kernel, from the same
 * inputs each time; figures are medians of `runs`, less what a reading costs.
 */
export interface ExplainedTiming {
  readonly runs: number;
  /** Cost of one reading of the clock. */
  readonly readingSeconds: number;
  /** Of all kernels together. */
  readonly kernelSeconds: number;
  /** Between kernels: calls, chunks, branches. */
  readonly betweenSeconds: number;
  /** The program as it is, without readings, on one thread. */
  readonly alone: ExplainedRuns;
  /** The program as it is, on `threads` threads. */
  readonly together: ExplainedRuns;
  readonly threads: number;
}
