import type { OperandAccess } from '../../../compiler/schedule/kernel.ts';
import type { Attrs, Aval } from '../../../graph/node.ts';
import type { DType } from '../../../util/dtypes.ts';
import type { FunctionBuilder, ModuleBuilder } from '../encoder/index.ts';

/** What the code may use, decided once per process. */
export interface EmitOptions {
  /** `relaxed_madd` for multiply-adds, else a multiplication and an addition. */
  readonly relaxedSimd: boolean;
}

/** A buffer that a step reads or writes, by its place in the node or in the expansion. */
export interface StepOperand {
  readonly role:
    | { readonly kind: 'input'; readonly index: number }
    | { readonly kind: 'temporary'; readonly index: number }
    | { readonly kind: 'output' };
  readonly access: OperandAccess;
  readonly mode: 'read' | 'write';
}

/**
 * One kernel of an expansion. It may be called for any range of its rows; what a call writes depends on its range
 * alone. It touches no byte outside its rows but reads up to 48 bytes behind the end of a buffer.
 */
export interface KernelStep {
  readonly name: string;
  /** Rows of the outermost loop. */
  readonly extent: number;
  /** In the order of the pointers of the function. */
  readonly operands: readonly StepOperand[];
  /** Multiply-adds, or elements moved, for one row. */
  readonly costPerRow: number;
  /** Private memory a call needs; its address is the last parameter. */
  readonly workspaceBytes?: number;
  /** Steps of equal keys have equal code. */
  readonly key: string;
  /** Adds a function (first row, rows, one pointer per operand, workspace if any) without a result. */
  emit(module: ModuleBuilder, options: EmitOptions): FunctionBuilder;
}

/** The kernels that compute one node, in order, and the buffers between them. */
export interface Expansion {
  readonly temporaries: readonly { readonly dtype: DType; readonly size: number }[];
  readonly steps: readonly KernelStep[];
}

/**
 * What a kernel must know of a node. One input more than the primitive has is a bias, one value for each element of
 * the output's last axis, that the product starts from.
 */
export interface TunedNode {
  readonly primitive: { readonly name: string };
  readonly attrs: Attrs;
  readonly inputs: readonly Aval[];
  readonly output: Aval;
}

/** Shorthands for operands. */
export const operand = {
  input: (index: number, access: OperandAccess): StepOperand => ({
    role: { kind: 'input', index },
    access,
    mode: 'read',
  }),
  temporary: (index: number, access: OperandAccess, mode: StepOperand['mode']): StepOperand => ({
    role: { kind: 'temporary', index },
    access,
    mode,
  }),
  output: (access: OperandAccess): StepOperand => ({ role: { kind: 'output' }, access, mode: 'write' }),
};
