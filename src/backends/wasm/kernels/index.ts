/** Kernels written by hand for the operations that take most of the time. */

import { expandConv } from './conv/conv.ts';
import { expandConvInputGradient } from './conv/input-gradient.ts';
import { expandConvKernelGradient } from './conv/kernel-gradient.ts';
import type { Expansion, TunedNode } from './kernel.ts';
import { expandMatmul } from './matmul/matmul.ts';
import { expandPoolScatter, expandPoolSelect, expandPoolSpread, expandPoolSum } from './pool/pool.ts';

export type {
  Expansion,
  KernelStep,
  StepOperand,
  TunedNode,
} from './kernel.ts';

const FAMILIES: Readonly<Record<string, (node: TunedNode) => Expansion | undefined>> = {
  matmul: expandMatmul,
  conv: expandConv,
  convInputGradient: expandConvInputGradient,
  convKernelGradient: expandConvKernelGradient,
  poolSelect: expandPoolSelect,
  poolScatter: expandPoolScatter,
  poolSum: expandPoolSum,
  poolSpread: expandPoolSpread,
};

/**
 * The tuned kernels of a node, or undefined where there are none: then the primitive's own loops have to do.
 * Kernels exist for float32 only.
 */
export function tunedKernel(node: TunedNode): Expansion | undefined {
  const avals = [...node.inputs, node.output];
  const isEmpty = avals.some(({ shape }) => shape.includes(0));
  if (isEmpty || avals.some(({ dtype }) => dtype !== 'float32')) return undefined;
  return FAMILIES[node.primitive.name]?.(node);
}
