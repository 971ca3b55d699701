import type { ConvAttrs } from '../../../../primitives/contraction/conv-shape.ts';
import { at } from '../../../../util/errors.ts';
import { type Expansion, operand, type TunedNode } from '../kernel.ts';
import { stepOf } from '../kernel-function.ts';
import { planPanels } from '../product/panel-plan.ts';
import { emitKernelGradient } from './correlate.ts';
import { type ConvGeometry, convGeometry, imageLayout, patchSize } from './geometry.ts';
import { countTiles, coverPatch } from './patch-cover.ts';
import { expandWinogradKernelGradient } from './winograd/winograd.ts';

/** The transpose of a convolution in its kernel: images are rows, and each call sums over its images alone. */
export function expandConvKernelGradient(node: TunedNode): Expansion | undefined {
  const [x, y] = [at(node.inputs, 0), at(node.inputs, 1)];
  // the primitive's own functions build its attributes
  const geometry = convGeometry(x.shape, node.output.shape, y.shape, node.attrs as ConvAttrs);
  return geometry && (expandWinogradKernelGradient(geometry) ?? expandCorrelate(geometry));
}

function expandCorrelate(geometry: ConvGeometry): Expansion {
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
  return { temporaries: [], steps: [stepOf(step, gradient, (fn) => emitKernelGradient(fn, gradient))] };
}
