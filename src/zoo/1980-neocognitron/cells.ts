import {
  add,
  conv2d,
  depthwiseConv2d,
  div,
  mean,
  mul,
  relu,
  sqrt,
  square,
  sub,
  tile,
} from '../../ops/index.ts';
import type { ConvOptions } from '../../ops/nn/conv.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';
import { gaussianKernel } from './windows.ts';

/** The variable connections of one layer of S-cells; every cell of a plane has the same. */
export interface SConnections {
  /** a: [size, size, planes below, planes]. */
  readonly excitatory: Tensor;
  /** b, from the V-cell beside each S-cell: [planes]. */
  readonly inhibitory: Tensor;
}

/** What S-cells see: which part of the layer below, and how much of each place the V-cell does. */
export interface SWindow {
  /** Places along each side. */
  readonly size: number;
  /** How c, the V-cells' connections, fall off from the middle, in places. */
  readonly deviation: number;
  /** Cells of the layer below from one place of a window to the next. */
  readonly dilation: number;
  /** Zeros around the layer below, [before, after] along both axes. */
  readonly padding: readonly [number, number];
}

/** θ = r / (1 + r): the cosine at which a cell of selectivity r falls silent. */
export function thresholdOf(selectivity: number): number {
  return selectivity / (1 + selectivity);
}

/**
 * V-cells: the root of the weighted mean square of what the S-cells beside them see.
 * [batch, height, width, planes] to [batch, height', width', 1].
 */
export function vCells(below: Tensor, window: SWindow): Tensor {
  const meanSquare = mean(square(below), { axis: -1, keepDims: true });
  return sqrt(conv2d(meanSquare, gaussianKernel(window.size, window.deviation), convolution(window)));
}

/**
 * S-cells, r φ[(1 + Σ a u) / (1 + r/(1+r) b v) - 1] (Fukushima 1988): of all planes at once by two convolutions.
 * A cell whose b is the length of its a answers with φ[cos - θ] / (1 - θ) to whatever is strong, so it is silent unless
 * the cosine between what it sees and what it learned is greater than θ. A plane without connections is silent.
 * @param below [batch, height, width, planes below], >= 0
 * @param threshold θ, in (0, 1)
 * @returns [batch, height', width', planes]
 */
export function sCells(below: Tensor, connections: SConnections, window: SWindow, threshold: number): Tensor {
  return inhibited(below, connections, window, vCells(below, window), threshold);
}

/** `sCells` beside V-cells that are known. */
export function inhibited(
  below: Tensor,
  { excitatory, inhibitory }: SConnections,
  window: SWindow,
  v: Tensor,
  threshold: Tensor | number,
): Tensor {
  const excitation = add(conv2d(below, excitatory, convolution(window)), 1);
  const inhibition = add(mul(mul(v, inhibitory), threshold), 1);
  const gain = div(threshold, sub(1, threshold));
  return mul(relu(sub(div(excitation, inhibition), 1)), gain);
}

function convolution({ dilation, padding }: SWindow): ConvOptions {
  return { padding: [padding, padding], dilationRate: dilation };
}

/** What C-cells pool. */
export interface CWindow {
  /** Places along each side. */
  readonly size: number;
  /** How d, the connections, fall off from the middle, in places; their sum is 1. */
  readonly deviation: number;
  /** Places from one C-cell to the next. */
  readonly stride: number;
  /** α: the pooled response at which a C-cell is half as strong as it can be. */
  readonly halfAt: number;
}

/**
 * C-cells, x / (α + x) of the weighted responses x of one plane around them, so that a feature may move a little:
 * [batch, height, width, planes] to [batch, height / stride, width / stride, planes].
 */
export function cCells(s: Tensor, { size, deviation, stride, halfAt }: CWindow): Tensor {
  const kernel = tile(gaussianKernel(size, deviation), [1, 1, at(s.shape, -1), 1]);
  const pooled = depthwiseConv2d(s, kernel, { strides: stride, padding: centred(size) });
  return div(pooled, add(pooled, halfAt));
}

/** Zeros around a plane so that windows stand around the places 0, stride, 2 stride ... */
function centred(size: number): [number, number][] {
  const side = (size - 1) / 2;
  return [
    [side, side],
    [side, side],
  ];
}
