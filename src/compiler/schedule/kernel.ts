import type { Expr } from '../../graph/kernel/expr.ts';
import type { Statement } from '../../graph/kernel/loops.ts';
import type { Node } from '../../graph/node.ts';
import type { ReducePrimitive } from '../../graph/primitive.ts';
import type { DType } from '../../util/dtypes.ts';

/** A stretch of memory that kernels read and write. Identity matters. */
export interface Buffer {
  /** Primitive and number of the node that it holds: `add#12`. */
  readonly name: string;
  readonly dtype: DType;
  /** Elements. */
  readonly size: number;
  /** One element of a sequence: it moves along `of` with the steps of a loop. */
  readonly slice?: { readonly of: Buffer; readonly counter: Counter };
}

/** The steps of a loop. Identity matters. */
export interface Counter {
  /** Undefined where a condition ends the loop. */
  readonly steps: number | undefined;
  readonly reverse: boolean;
}

/** What a program does in order. */
export type Step = Kernel | Loop | Branch;

/** Repeats steps. */
export interface Loop {
  readonly kind: 'loop';
  readonly counter: Counter;
  /** Computes whether to go on, before each round of a loop without a number of steps. */
  readonly condition?: { readonly steps: readonly Step[]; readonly result: Buffer };
  readonly steps: readonly Step[];
  /** Buffers that live as long as the loop: carries, constants and sequences. */
  readonly lasting: readonly Buffer[];
}

/** Does one of two lists of steps. */
export interface Branch {
  readonly kind: 'branch';
  readonly condition: Buffer;
  readonly branches: readonly (readonly Step[])[];
  readonly lasting: readonly Buffer[];
}

/**
 * How an operand relates to the rows a kernel is called for.
 * `rows`: row r belongs to row r of the kernel; the pointer is that of the call's first row.
 * `whole`: any part may be touched; the pointer is the buffer's start.
 * `partial`: the call's own copy of the whole buffer, written by one call; the copies are summed in order afterwards.
 */
export type OperandAccess = 'rows' | 'whole' | 'partial';

export interface Operand {
  readonly buffer: Buffer;
  readonly access: OperandAccess;
  readonly mode: 'read' | 'write';
  /** How the copies of a `partial` operand become one: a reduction. */
  readonly combine?: ReducePrimitive;
}

/**
 * One loop nest. Its outermost loop has `extent` rows and may be called for any range of them:
 * a function of (first row, number of rows, one pointer per operand).
 */
export interface Kernel {
  readonly kind: 'kernel';
  readonly name: string;
  /** The nodes whose values it computes; none where it only moves them. */
  readonly results: readonly Node[];
  readonly extent: number;
  readonly operands: readonly Operand[];
  /** Rough cost of one row in elementary operations, for dividing the work. */
  readonly costPerRow: number;
  /** Bytes of scratch that each call has to itself; its address is passed last. */
  readonly workspaceBytes?: number;
  /** Inputs read only at the element being written, so that the result may take their place. */
  readonly elementwise?: readonly Buffer[];
  readonly body: LoopBody | NativeBody;
}

/** Portable code: statements over the operands in their order. */
export interface LoopBody {
  readonly kind: 'loops';
  statements(first: Expr, rows: Expr): readonly Statement[];
}

/** Code only the backend that made it understands. */
export interface NativeBody {
  readonly kind: 'native';
  /** Kernels of equal keys have equal code. */
  readonly key: string;
  readonly code: unknown;
}
