import { scan } from '../ops/control/control.ts';
import { matmul } from '../ops/linalg/linalg.ts';
import { add, mul } from '../ops/math/arithmetic.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { expandDims, transpose } from '../ops/shape/shape.ts';
import { split } from '../ops/shape/slicing.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import type { Harmonium } from './harmonium.ts';

/** -F of states completed with each class in turn: [batch, visible - classes] to [batch, classes]. */
export function classScores(machine: Harmonium, states: Tensor, classes: number): Tensor {
  const { weights, visibleBias, hiddenBias, hiddenLayer } = machine;
  const sizes = [at(states.shape, 1), classes];
  const [forStates, forClasses] = split(weights.read(), sizes, 0) as [Tensor, Tensor];
  const [stateBias, classBias] = split(visibleBias.read(), sizes) as [Tensor, Tensor];
  const input = add(matmul(states, forStates), hiddenBias.read());
  const step = (carry: null, ofClass: Tensor): [null, Tensor] => [
    carry,
    hiddenLayer.logPartition(add(input, ofClass)),
  ];
  const [, hidden] = scan(step, null, forClasses);
  const common = sum(mul(states, stateBias), -1);
  return add(add(transpose(hidden), classBias), expandDims(common, 1));
}
