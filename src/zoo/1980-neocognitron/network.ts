import { div, expandDims, max, mul, oneHot } from '../../ops/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { cCells, type SConnections, sCells } from './cells.ts';
import { contrastCells } from './contrast.ts';
import { C1, C2, C3, S1, S2, S3, S4 } from './layers.ts';

export const CLASSES = 10;

/** What the digit network has learned. */
export interface DigitNetwork {
  readonly s1: SConnections;
  readonly s2: SConnections;
  readonly s3: SConnections;
  readonly s4: SConnections;
  /** The class of each plane of U_S4, int32 [planes]. */
  readonly classOfPlane: Tensor;
}

/** U_C1: uint8 [batch, 28, 28, 1] to [batch, 14, 14, 16]. */
export function firstStage(images: Tensor, s1: SConnections): Tensor {
  return cCells(sCells(contrastCells(div(images, 255)), s1, S1.window, S1.threshold), C1);
}

/** U_C2: [batch, 14, 14, 16] to [batch, 14, 14, planes of U_S2]. */
export function secondStage(c1: Tensor, s2: SConnections): Tensor {
  return cCells(sCells(c1, s2, S2.window, S2.threshold), C2);
}

/** U_C3: [batch, 14, 14, planes of U_S2] to [batch, 14, 14, planes of U_S3]. */
export function thirdStage(c2: Tensor, s3: SConnections): Tensor {
  return cCells(sCells(c2, s3, S3.window, S3.threshold), C3);
}

/** U_C4, the strongest response of any cell of a class: [batch, 14, 14, planes of U_S3] to [batch, 10]. */
export function fourthStage(
  c3: Tensor,
  { s4, classOfPlane }: Pick<DigitNetwork, 's4' | 'classOfPlane'>,
): Tensor {
  const strongest = max(sCells(c3, s4, S4.window, S4.threshold), { axis: [1, 2] });
  const ofClass = oneHot(classOfPlane, CLASSES);
  return max(mul(expandDims(strongest, 2), ofClass), { axis: 1 });
}

/** Images to the ten cells of U_C4: uint8 [batch, 28, 28, 1] to [batch, 10]. */
export function digitCells(images: Tensor, network: DigitNetwork): Tensor {
  const c2 = secondStage(firstStage(images, network.s1), network.s2);
  return fourthStage(thirdStage(c2, network.s3), network);
}
