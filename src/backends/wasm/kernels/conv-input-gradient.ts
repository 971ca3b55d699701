import type { ConvAttrs } from '../../../primitives/conv.ts';
import { at } from '../../../util/errors.ts';
import type { Shape } from '../../../util/shapes.ts';
import { forwardPlan, forwardSteps, patchSize } from './conv.ts';
import { type ConvGeometry, convGeometry, imageLayout, type Pair } from './conv-geometry.ts';
import { emitScatter, type ScatterPlan } from './conv-scatter.ts';
import { placesIn } from './depth.ts';
import { type Expansion, type KernelStep, operand, type TunedNode } from './kernel.ts';
import { stepOf } from './kernel-function.ts';
import { FLOAT_BYTES } from './lanes.ts';
import { packStep, type PanelSource, panelsSize } from './pack-panels.ts';
import { planCycles, planPanels } from './panel-plan.ts';
import { denseStretches } from './patch-cover.ts';

/** Cycles, per sum, of starting a tile and storing its sums, */
const STORE_OVERHEAD = 1.5;
/** and of adding them to what is in memory. */
const ADD_OVERHEAD = 3;

/**
 * The transpose of a convolution in its input, by the cheaper of two ways: patches added where they overlap, which
 * multiplies least, or for strides of one a convolution with the turned kernel, which adds in registers.
 */
export function expandConvInputGradient(node: TunedNode): Expansion | undefined {
  const [y, kernel] = [at(node.inputs, 0), at(node.inputs, 1)];
  const attrs = node.attrs as ConvAttrs;
  const geometry = convGeometry(node.output.shape, kernel.shape, y.shape, attrs);
  if (!geometry) return undefined;
  const scatter = scatterPlan(geometry);
  const turned = turnedGeometry(geometry, attrs);
  if (turned && turnedCycles(turned) < scatterCycles(scatter)) {
    return forwardSteps('convInputGradient', turned, turnedKernel(geometry), false);
  }
  const source = patchColumns(geometry);
  return {
    temporaries: [{ dtype: 'float32', size: panelsSize(source, scatter.plan) }],
    steps: [packStep('convInputGradientPack', 1, source, scatter.plan), scatterStep(scatter)],
  };
}

function scatterPlan(geometry: ConvGeometry): ScatterPlan {
  const { length } = denseStretches(geometry, imageLayout(geometry));
  const { filters, groups, output } = geometry;
  return { geometry, plan: planPanels(length, filters / groups, (height) => Math.ceil(output[0] / height)) };
}

function scatterCycles({ geometry, plan }: ScatterPlan): number {
  const { stretches } = denseStretches(geometry, imageLayout(geometry));
  const { output, groups } = geometry;
  const tilesFor = (height: number) => Math.ceil(output[0] / height);
  return groups * placesIn(stretches) * output[1] * planCycles(plan, tilesFor, STORE_OVERHEAD + ADD_OVERHEAD);
}

function turnedCycles(turned: ConvGeometry): number {
  const { groups, output } = turned;
  const tilesFor = (height: number) => Math.ceil(output[1] / height);
  return groups * output[0] * planCycles(forwardPlan(turned), tilesFor, STORE_OVERHEAD);
}

/** The convolution of the cotangent with the kernel turned by 180 degrees, if there is one. */
function turnedGeometry(geometry: ConvGeometry, { padding }: ConvAttrs): ConvGeometry | undefined {
  const { window, dilation, low, strides } = geometry;
  const reach = (axis: 0 | 1) => dilation[axis] * (window[axis] - 1);
  const around: Pair = [reach(0) - low[0], reach(1) - low[1]];
  const after = padding.map(([, high], axis) => reach(padding.length === 1 ? 1 : axis === 0 ? 0 : 1) - high);
  if (strides[0] !== 1 || strides[1] !== 1 || [...around, ...after].some((zeros) => zeros < 0)) return undefined;
  const { input, output, channels, filters } = geometry;
  return { ...geometry, input: output, channels: filters, output: input, filters: channels, low: around };
}

/** Columns are channels, the depth is window positions from last to first, and filters. */
function turnedKernel({ window, channels, filters, groups }: ConvGeometry): PanelSource {
  const taps = window[0] * window[1];
  const tapBytes = (channels / groups) * filters * FLOAT_BYTES;
  return {
    groups: [{ count: groups, stride: (filters / groups) * FLOAT_BYTES }],
    columnStride: filters * FLOAT_BYTES,
    depthStride: FLOAT_BYTES,
    segments: taps,
    segmentStride: -tapBytes,
    firstSegment: (taps - 1) * tapBytes,
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
    segments: 1,
    segmentStride: 0,
    firstSegment: 0,
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
