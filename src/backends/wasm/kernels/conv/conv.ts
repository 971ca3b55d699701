import type { ConvAttrs } from '../../../../primitives/contraction/conv-shape.ts';
import { at } from '../../../../util/errors.ts';
import { type Expansion, type KernelStep, operand, type TunedNode } from '../kernel.ts';
import { stepOf } from '../kernel-function.ts';
import { FLOAT_BYTES } from '../lanes.ts';
import { type PanelSource, packStep, panelsSize } from '../product/pack-panels.ts';
import { planPanels } from '../product/panel-plan.ts';
import { emitForward, type ForwardPlan } from './forward.ts';
import { type ConvGeometry, convGeometry, imageLayout, patchSize, pixelRuns } from './geometry.ts';
import { expandWinograd } from './winograd/winograd.ts';

/**
 * A convolution as a matrix product of patches and filters; patches are read where they are. One step packs the
 * kernel, the next has the images as rows.
 */
export function expandConv(node: TunedNode): Expansion | undefined {
  const [x, kernel] = [at(node.inputs, 0), at(node.inputs, 1)];
  // the primitive's own functions build its attributes
  const geometry = convGeometry(x.shape, kernel.shape, node.output.shape, node.attrs as ConvAttrs);
  if (!geometry) return undefined;
  const hasBias = node.inputs.length > 2;
  return expandWinograd(geometry, hasBias) ?? expandDirect(geometry, hasBias);
}

/** The filters packed in panels, and every patch times every panel. */
function expandDirect(geometry: ConvGeometry, hasBias: boolean): Expansion {
  const { filters, groups } = geometry;
  const { pixels } = pixelRuns(geometry, imageLayout(geometry));
  const plan = planPanels(filters / groups, patchSize(geometry), (height) => Math.ceil(pixels / height));
  const source = kernelColumns(geometry);
  return {
    temporaries: [{ dtype: 'float32', size: panelsSize(source, plan) }],
    steps: [packStep('convPack', 1, source, plan), forwardStep({ geometry, plan, hasBias })],
  };
}

/** Kernel [...window, channels of a group, filters]: columns are filters. */
function kernelColumns({ filters, groups }: ConvGeometry): PanelSource {
  return {
    groups: [{ count: groups, stride: (filters / groups) * FLOAT_BYTES }],
    columnStride: FLOAT_BYTES,
    depthStride: filters * FLOAT_BYTES,
  };
}

function forwardStep(forward: ForwardPlan): KernelStep {
  const { geometry, hasBias } = forward;
  const { batch, output, filters } = geometry;
  const layout = imageLayout(geometry);
  const step = {
    name: 'conv',
    extent: batch,
    operands: [
      operand.input(0, 'rows'),
      operand.temporary(0, 'whole', 'read'),
      operand.output('rows'),
      ...(hasBias ? [operand.input(2, 'whole')] : []),
    ],
    costPerRow: output[0] * output[1] * filters * patchSize(geometry),
    ...(layout.isPadded ? { workspaceBytes: layout.bytes } : {}),
  };
  return stepOf(step, forward, (fn) => emitForward(fn, forward));
}
