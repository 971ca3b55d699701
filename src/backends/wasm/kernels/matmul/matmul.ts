import type { OperandAccess } from '../../../../compiler/schedule/kernel.ts';
import {
  type MatmulAttrs,
  type MatmulGeometry,
  matmulGeometry,
} from '../../../../primitives/contraction/matmul.ts';
import { at } from '../../../../util/errors.ts';
import { type Expansion, type KernelStep, operand, type StepOperand, type TunedNode } from '../kernel.ts';
import { stepOf } from '../kernel-function.ts';
import { FLOAT_BYTES } from '../lanes.ts';
import { type PanelSource, packStep, panelsSize } from '../product/pack-panels.ts';
import { planPanels } from '../product/panel-plan.ts';
import { copiesLeft, leftCopyBytes } from './left-block.ts';
import { emitProduct, type Product } from './product.ts';
import { layoutInPanels, layoutInPlace, readsInPlace } from './right-layout.ts';

/**
 * A matrix product: one step packs the right matrices into panels, the next multiplies. A product of few rows takes the
 * right matrices as they are. Rows of the product are rows of the output; of a batch, they are the matrices.
 */
export function expandMatmul(node: TunedNode): Expansion {
  const [a, b] = [at(node.inputs, 0), at(node.inputs, 1)];
  // the primitive's own functions build its attributes
  const geometry = matmulGeometry(a, b, node.attrs as MatmulAttrs);
  const plan = planPanels(geometry.n, geometry.k, (height) => Math.ceil(geometry.m / height));
  const hasBias = node.inputs.length > 2;
  if (readsInPlace(geometry)) {
    const product: Product = { geometry, plan, right: layoutInPlace(geometry, plan), hasBias };
    return { temporaries: [], steps: [productStep(product, operand.input(1, rightAccess(geometry)))] };
  }
  const source = rightOperand(geometry);
  const product: Product = { geometry, plan, right: layoutInPanels(plan), hasBias };
  const panels = operand.temporary(0, rightAccess(geometry), 'read');
  return {
    temporaries: [{ dtype: 'float32', size: panelsSize(source, plan) }],
    steps: [packStep('matmulPack', 1, source, plan), productStep(product, panels)],
  };
}

/** Each matrix of a batch is multiplied by its own, all rows of a single one by the same. */
function rightAccess({ batch }: MatmulGeometry): OperandAccess {
  return batch > 1 ? 'rows' : 'whole';
}

function rightOperand({ batch, k, n, b }: MatmulGeometry): PanelSource {
  return {
    groups: [{ count: batch, stride: k * n * FLOAT_BYTES }],
    columnStride: b.column * FLOAT_BYTES,
    depthStride: b.depth * FLOAT_BYTES,
  };
}

function productStep(product: Product, right: StepOperand): KernelStep {
  const { batch, m, n, k, a } = product.geometry;
  const isBatched = batch > 1;
  const step = {
    name: 'matmul',
    extent: isBatched ? batch : m,
    operands: [
      operand.input(0, isBatched || a.depth === 1 ? 'rows' : 'whole'),
      right,
      operand.output('rows'),
      ...(product.hasBias ? [operand.input(2, 'whole')] : []),
    ],
    costPerRow: (isBatched ? m : 1) * n * k,
    ...(copiesLeft(product.geometry) ? { workspaceBytes: leftCopyBytes(product.geometry) } : {}),
  };
  return stepOf(step, product, (fn) => emitProduct(fn, product));
}
