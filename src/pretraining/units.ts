import { oneHot } from '../ops/create.ts';
import { add, cast, mul, square } from '../ops/math/arithmetic.ts';
import { sigmoid } from '../ops/math/math.ts';
import { softmax, softplus } from '../ops/nn/nn.ts';
import { logsumexp, sum } from '../ops/reduce/reduce.ts';
import { concat } from '../ops/shape/shape.ts';
import { split as cut } from '../ops/shape/slicing.ts';
import { bernoulli, categorical, normal } from '../random/distributions.ts';
import { split } from '../random/keys.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** States of a unit: 0 or 1, or any number with unit variance around its input. */
export type UnitKind = 'binary' | 'gaussian';

/**
 * One layer of a harmonium (Welling, Rosen-Zvi, Hinton 2005): what its units do with their input, which is the bias
 * plus what comes over the weights. Inputs and states are [..., units].
 */
export interface UnitLayer {
  /** Expected states. */
  mean(input: Tensor): Tensor;
  /** States drawn independently. */
  sample(key: Tensor, input: Tensor): Tensor;
  /** log of the sum (or integral) over all states of e^(input . state - own energy), [...]. */
  logPartition(input: Tensor): Tensor;
  /** What states cost by themselves, [...]: nothing for binary ones. */
  ownEnergy(states: Tensor): Tensor | undefined;
}

/** Logistic units with states 0 and 1. */
const BINARY: UnitLayer = {
  mean: (input) => sigmoid(input),
  sample: (key, input) => cast(bernoulli(key, sigmoid(input)), 'float32'),
  logPartition: (input) => sum(softplus(input), -1),
  ownEnergy: () => undefined,
};

const HALF_LOG_2PI = Math.log(2 * Math.PI) / 2;

/** Linear units with Gaussian noise of standard deviation 1. Hinton and Salakhutdinov 2006. */
const GAUSSIAN: UnitLayer = {
  mean: (input) => input,
  sample: (key, input) => add(input, normal(key, input.shape)),
  logPartition: (input) => sum(add(mul(square(input), 0.5), HALF_LOG_2PI), -1),
  ownEnergy: (states) => mul(sum(square(states), -1), 0.5),
};

/** `count` units of which exactly one is on: a softmax. */
function oneOf(count: number): UnitLayer {
  return {
    mean: (input) => softmax(input),
    sample: (key, input) => oneHot(categorical(key, input), count),
    logPartition: (input) => logsumexp(input, -1),
    ownEnergy: () => undefined,
  };
}

/** Two groups of units beside each other, the second of `count` units. */
function beside(first: UnitLayer, second: UnitLayer, count: number): UnitLayer {
  const parts = (x: Tensor) => cut(x, [(x.shape.at(-1) ?? 0) - count, count], -1) as [Tensor, Tensor];
  const joined = (x: Tensor, f: (layer: UnitLayer, part: Tensor, place: number) => Tensor) => {
    const [a, b] = parts(x);
    return concat([f(first, a, 0), f(second, b, 1)], -1);
  };
  return {
    mean: (input) => joined(input, (layer, part) => layer.mean(part)),
    sample(key, input) {
      const keys = split(key);
      return joined(input, (layer, part, place) => layer.sample(keys[place] as Tensor, part));
    },
    logPartition(input) {
      const [a, b] = parts(input);
      return add(first.logPartition(a), second.logPartition(b));
    },
    ownEnergy: (states) => first.ownEnergy(parts(states)[0]),
  };
}

/** The layer of a kind. @param classes how many units at its end are a one-of-many group; 0 for none */
export function unitLayer(kind: UnitKind, classes = 0): UnitLayer {
  const layer = kind === 'binary' ? BINARY : GAUSSIAN;
  return classes === 0 ? layer : beside(layer, oneOf(classes), classes);
}
