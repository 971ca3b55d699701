import type { Node } from '../../graph/node.ts';
import type { DType } from '../../util/dtypes.ts';
import type { OperandAccess } from './kernel.ts';

/** Which buffer of an expanded node a step's operand is. */
export type Role =
  | { readonly kind: 'input' | 'temporary'; readonly index: number }
  | { readonly kind: 'output' };

export interface StepOperand {
  readonly role: Role;
  readonly access: OperandAccess;
  readonly mode: 'read' | 'write';
}

/** One kernel of a backend's own making. The backend that offers it finds its code in the step itself. */
export interface ExpansionStep {
  readonly name: string;
  readonly extent: number;
  readonly operands: readonly StepOperand[];
  readonly costPerRow: number;
  readonly workspaceBytes?: number;
  readonly key: string;
}

/** How a backend computes one node by tuned kernels. */
export interface Expansion {
  readonly temporaries: readonly { readonly dtype: DType; readonly size: number }[];
  readonly steps: readonly ExpansionStep[];
}

/** A backend's tuned kernels for a node, undefined where it has none. */
export type Expand = (node: Node) => Expansion | undefined;
