import { matmul } from '../ops/linalg/linalg.ts';
import { add, mul, sub } from '../ops/math/arithmetic.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { transpose } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import type { Variable } from '../tensor/variable.ts';
import type { UnitLayer } from './units.ts';

/** Weights W and biases b, c of two layers of units with the energy E(v, h) = -b.v - c.h - v.Wh, and own energies. */
export interface Harmonium {
  readonly visibleLayer: UnitLayer;
  readonly hiddenLayer: UnitLayer;
  /** W, [visible, hidden]. */
  readonly weights: Variable;
  /** b, [visible]. */
  readonly visibleBias: Variable;
  /** c, [hidden]. */
  readonly hiddenBias: Variable;
}

/** c + Wv: [batch, visible] to [batch, hidden]. */
export function hiddenInput({ weights, hiddenBias }: Harmonium, visible: Tensor): Tensor {
  return add(matmul(visible, weights.read()), hiddenBias.read());
}

/** b + Wh: [batch, hidden] to [batch, visible]. */
export function visibleInput({ weights, visibleBias }: Harmonium, hidden: Tensor): Tensor {
  return add(matmul(hidden, transpose(weights.read())), visibleBias.read());
}

/** F(v) = -b.v + own energy of v - log sum over h of e^(h.(c + Wv)): [batch, visible] to [batch]; p(v) = e^-F(v) / Z. */
export function freeEnergyOf(harmonium: Harmonium, visible: Tensor): Tensor {
  const { visibleLayer, hiddenLayer, visibleBias } = harmonium;
  const own = visibleLayer.ownEnergy(visible);
  const hidden = hiddenLayer.logPartition(hiddenInput(harmonium, visible));
  const linear = add(sum(mul(visible, visibleBias.read()), -1), hidden);
  return sub(own ?? 0, linear);
}
