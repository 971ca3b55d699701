import type { ConvAttrs } from '../../../../primitives/contraction/conv-shape.ts';
import { at } from '../../../../util/errors.ts';
import { type Expansion, type KernelStep, operand, type TunedNode } from '../kernel.ts';
import { stepOf } from '../kernel-function.ts';
import { FLOAT_BYTES } from '../lanes.ts';
import { placesIn } from '../product/depth.ts';
import { type PanelSource, packStep, panelsSize } from '../product/pack-panels.ts';
import { planPanels } from '../product/panel-plan.ts';
import { type ConvGeometry, convGeometry, imageLayout, patchSize } from './geometry.ts';
import { denseStretches } from './patch-cover.ts';
import { emitScatter, type ScatterPlan } from './scatter.ts';
import { expandWinogradInputGradient } from './winograd/winograd.ts';

/**
 * The transpose of a convolution in its input: patches added where they overlap. That multiplies least, and where
 * strides are one it is no slower than a convolution with the turned kernel, which would add in registers.
 */
export function expandConvInputGradient(node: TunedNode): Expansion | undefined {
  const [y, kernel] = [at(node.inputs, 0), at(node.inputs, 1)];
  // the primitive's own functions build its attributes
  const geometry = convGeometry(node.output.shape, kernel.shape, y.shape, node.attrs as ConvAttrs);
  return geometry && (expandWinogradInputGradient(geometry) ?? expandScatter(geometry));
}

function expandScatter(geometry: ConvGeometry): Expansion {
  const { filters, groups, output } = geometry;
  const { length } = denseStretches(geometry, imageLayout(geometry));
  const plan = planPanels(length, filters / groups, (height) => Math.ceil(output[0] / height));
  const source = patchColumns(geometry);
  return {
    temporaries: [{ dtype: 'float32', size: panelsSize(source, plan) }],
    steps: [packStep('convInputGradientPack', 1, source, plan), scatterStep({ geometry, plan })],
  };
}

/** Columns are places of a dense stretch of a patch, the depth is filters. */
function patchColumns(geometry: ConvGeometry): PanelSource {
  const { filters, groups } = geometry;
  const { stretches, length } = denseStretches(geometry, imageLayout(geometry));
  return {
    groups: [
      { count: groups, stride: (filters / groups) * FLOAT_BYTES },
      { count: placesIn(stretches), stride: length * filters * FLOAT_BYTES },
    ],
    columnStride: filters * FLOAT_BYTES,
    depthStride: FLOAT_BYTES,
  };
}

function scatterStep(scatter: ScatterPlan): KernelStep {
  const { geometry } = scatter;
  const layout = imageLayout(geometry);
  const step = {
    name: 'convInputGradient',
    extent: geometry.batch,
    operands: [operand.input(0, 'rows'), operand.temporary(0, 'whole', 'read'), operand.output('rows')],
    costPerRow: geometry.output[0] * geometry.output[1] * geometry.filters * patchSize(geometry),
    ...(layout.isPadded ? { workspaceBytes: layout.bytes } : {}),
  };
  return stepOf(step, scatter, (fn) => emitScatter(fn, scatter));
}
