import type { PoolAttrs } from '../../../../primitives/contraction/pool-windows.ts';
import { at } from '../../../../util/errors.ts';
import type { Shape } from '../../../../util/shapes.ts';
import type { Code } from '../../encoder/index.ts';
import { type Expansion, type KernelStep, operand, type TunedNode } from '../kernel.ts';
import { type KernelFunction, stepOf } from '../kernel-function.ts';
import { type PoolGeometry, poolGeometry, windowRuns } from './geometry.ts';
import { emitMax, emitScatter, emitSelect, emitSpread, emitSum } from './kernels.ts';

type Emitter = (fn: KernelFunction, geometry: PoolGeometry) => Code;

/** Parts of windows that a scatter can tell apart in registers. */
const MOST_SCATTERED = 16;
/** Kinds of windows at the borders for which code is written; more come only from padding as wide as the window. */
const MOST_KINDS = 25;

/** The value at the largest key of each window; for the keys themselves, the largest of each. */
export function expandPoolSelect(node: TunedNode): Expansion | undefined {
  const [keys, values] = [at(node.inputs, 0), at(node.inputs, 1)];
  return keys === values
    ? expand('poolMax', node, [0], keys.shape, node.output.shape, emitMax)
    : expand('poolSelect', node, [0, 1], keys.shape, node.output.shape, emitSelect);
}

/** Each window's value at the place of its largest key. */
export function expandPoolScatter(node: TunedNode): Expansion | undefined {
  const [keys, values] = [at(node.inputs, 0), at(node.inputs, 1)];
  const { window } = node.attrs as PoolAttrs;
  if (window.reduce((product, extent) => product * extent, 1) > MOST_SCATTERED) return undefined;
  return expand('poolScatter', node, [0, 1], keys.shape, values.shape, emitScatter);
}

/** The sum over each window. */
export function expandPoolSum(node: TunedNode): Expansion | undefined {
  return expand('poolSum', node, [0], at(node.inputs, 0).shape, node.output.shape, emitSum);
}

/** Each window's value added to all its places. */
export function expandPoolSpread(node: TunedNode): Expansion | undefined {
  return expand('poolSpread', node, [0], node.output.shape, at(node.inputs, 0).shape, emitSpread);
}

function expand(
  name: string,
  node: TunedNode,
  inputs: readonly number[],
  places: Shape,
  windows: Shape,
  emit: Emitter,
): Expansion | undefined {
  // the primitive's own functions build its attributes
  const geometry = poolGeometry(places, windows, node.attrs as PoolAttrs);
  if (!geometry || windowRuns(geometry, 0).length * windowRuns(geometry, 1).length > MOST_KINDS)
    return undefined;
  const { batch, output, window, channels } = geometry;
  const step: Omit<KernelStep, 'key' | 'emit'> = {
    name,
    extent: batch,
    operands: [...inputs.map((index) => operand.input(index, 'rows')), operand.output('rows')],
    costPerRow: output[0] * output[1] * window[0] * window[1] * channels,
  };
  return { temporaries: [], steps: [stepOf(step, geometry, (fn) => emit(fn, geometry))] };
}
