import type { ConvAttrs } from '../../../primitives/conv.ts';
import { at } from '../../../util/errors.ts';
import { emitForward, type ForwardPlan } from './conv-forward.ts';
import { type ConvGeometry, convGeometry, imageLayout } from './conv-geometry.ts';
import { type Expansion, type KernelStep, operand, type TunedNode } from './kernel.ts';
import { KernelFunction } from './kernel-function.ts';
import { FLOAT_BYTES } from './lanes.ts';
import { packStep, type PanelSource, panelsSize } from './pack-panels.ts';
import { planPanels } from './panel-plan.ts';

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

/** The steps of a convolution whose kernel lies as `source` says. */
export function forwardSteps(name: string, geometry: ConvGeometry, source: PanelSource, hasBias: boolean): Expansion {
  const { filters, groups, output } = geometry;
  const plan = planPanels(filters / groups, patchSize(geometry), output[1]);
  return {
    temporaries: [{ dtype: 'float32', size: panelsSize(source, plan) }],
    steps: [packStep(`${name}Pack`, 1, source, plan), forwardStep(name, { geometry, plan, hasBias })],
  };
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
  return {
    ...step,
    key: `conv ${JSON.stringify(forward)}`,
    emit: (module, options) => {
      const fn = new KernelFunction(module, options, step);
      fn.builder.emit(emitForward(fn, forward));
      return fn.builder;
    },
  };
}
