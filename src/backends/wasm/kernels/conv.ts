import type { ConvAttrs } from '../../../primitives/conv.ts';
import { at } from '../../../util/errors.ts';
import { emitKernelGradient } from './conv-kernel-gradient.ts';
import { emitForward, type ForwardPlan } from './conv-forward.ts';
import { type ConvGeometry, convGeometry, imageLayout } from './conv-geometry.ts';
import { type Expansion, type KernelStep, operand, type TunedNode } from './kernel.ts';
import { type KernelFunction, stepOf } from './kernel-function.ts';
import { FLOAT_BYTES } from './lanes.ts';
import { packStep, type PanelSource, panelsSize } from './pack-panels.ts';
import { type PanelPlan, planPanels } from './panel-plan.ts';
import { countTiles, coverPatch } from './patch-cover.ts';

/**
 * A convolution as a matrix product of patches and filters; patches are read where they are. One step packs the
 * kernel, the next has the images as rows.
 */
export function expandConv(node: TunedNode): Expansion | undefined {
  const [x, kernel] = [at(node.inputs, 0), at(node.inputs, 1)];
  // the primitive's own functions build its attributes
  const geometry = convGeometry(x.shape, kernel.shape, node.output.shape, node.attrs as ConvAttrs);
  if (!geometry) return undefined;
  return forwardSteps('conv', geometry, kernelColumns(geometry), node.inputs.length > 2);
}

/** The transpose of a convolution in its kernel: images are rows, and each call sums over its images alone. */
export function expandConvKernelGradient(node: TunedNode): Expansion | undefined {
  const [x, y] = [at(node.inputs, 0), at(node.inputs, 1)];
  const geometry = convGeometry(x.shape, node.output.shape, y.shape, node.attrs as ConvAttrs);
  if (!geometry) return undefined;
  const layout = imageLayout(geometry);
  const { batch, output, filters, groups } = geometry;
  const pixels = output[0] * output[1];
  const tilesFor = (height: number) => countTiles(coverPatch(geometry, layout, height), height);
  const gradient = { geometry, plan: planPanels(filters / groups, pixels, tilesFor) };
  const step = {
    name: 'convKernelGradient',
    extent: batch,
    operands: [operand.input(0, 'rows'), operand.input(1, 'rows'), operand.output('partial')],
    costPerRow: pixels * filters * patchSize(geometry),
    ...(layout.isPadded ? { workspaceBytes: layout.bytes } : {}),
  };
  const emit = (fn: KernelFunction) => emitKernelGradient(fn, gradient);
  return { temporaries: [], steps: [stepOf(step, gradient, emit)] };
}

/** The steps of a convolution whose kernel lies as `source` says. */
export function forwardSteps(name: string, geometry: ConvGeometry, source: PanelSource, hasBias: boolean): Expansion {
  const plan = forwardPlan(geometry);
  return {
    temporaries: [{ dtype: 'float32', size: panelsSize(source, plan) }],
    steps: [packStep(`${name}Pack`, 1, source, plan), forwardStep(name, { geometry, plan, hasBias })],
  };
}

/** Panels for the tiles of a convolution. */
export function forwardPlan(geometry: ConvGeometry): PanelPlan {
  const { filters, groups, output } = geometry;
  return planPanels(filters / groups, patchSize(geometry), (height) => Math.ceil(output[1] / height));
}

/** Inputs of one output element. */
export function patchSize({ window, channels, groups }: ConvGeometry): number {
  return (window[0] * window[1] * channels) / groups;
}

/** Kernel [...window, channels of a group, filters]: columns are filters. */
function kernelColumns({ filters, groups }: ConvGeometry): PanelSource {
  return {
    groups: [{ count: groups, stride: (filters / groups) * FLOAT_BYTES }],
    columnStride: FLOAT_BYTES,
    depthStride: filters * FLOAT_BYTES,
    segments: 1,
    segmentStride: 0,
    firstSegment: 0,
  };
}

function forwardStep(name: string, forward: ForwardPlan): KernelStep {
  const { geometry, hasBias } = forward;
  const { batch, output, filters } = geometry;
  const layout = imageLayout(geometry);
  const step = {
    name,
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
