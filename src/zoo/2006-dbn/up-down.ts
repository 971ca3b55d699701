import { matmul } from '../../ops/linalg/linalg.ts';
import { add, cast, div, mul, sub } from '../../ops/math/arithmetic.ts';
import { mean } from '../../ops/reduce/reduce.ts';
import { concat, transpose } from '../../ops/shape/shape.ts';
import { split as cut } from '../../ops/shape/slicing.ts';
import type { Rbm } from '../../pretraining/index.ts';
import { bernoulli } from '../../random/distributions.ts';
import { foldIn } from '../../random/keys.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Variable } from '../../tensor/variable.ts';
import { at } from '../../util/errors.ts';
import { type BeliefNetwork, CLASSES, type DirectedLayer } from './belief-network.ts';

/** What an update is given beside its digits. */
export interface UpDownContext {
  /** Random key of this update. */
  readonly key: Tensor;
  readonly rate: Tensor;
  /** Gibbs steps of the top machine between the two passes. */
  readonly steps: number;
}

/**
 * One update of contrastive wake-sleep (Hinton, Osindero, Teh 2006, section 5 and appendix B). Upwards, states that the
 * recognition weights guess teach the generative weights; the top machine learns by contrastive divergence; downwards,
 * states that the generative weights draw teach the recognition weights.
 * @param pixels [batch, 784] in [0, 1]
 * @param labels [batch, 10], 1 at the class
 */
export function upDownStep(
  network: BeliefNetwork,
  pixels: Tensor,
  labels: Tensor,
  { key, rate, steps }: UpDownContext,
): void {
  const keys = keysFrom(key);
  const { recognition, generative, top } = network;
  const awake = upwards(recognition, pixels, keys);
  const features = at(awake, -1);
  const { end, changes: ofTop } = dream(top, concat([features, labels], 1), steps, keys);
  const [dreamt] = cut(end, [at(features.shape, 1), CLASSES], 1) as [Tensor, Tensor];
  const asleep = downwards(generative, dreamt, keys);
  const changes = [
    ...generative.flatMap((layer, i) => delta(layer, at(awake, i + 1), at(awake, i))),
    ...recognition.flatMap((layer, i) => delta(layer, at(asleep, i), at(asleep, i + 1))),
    ...ofTop,
  ];
  for (const { variable, change } of changes) variable.assign(add(variable.read(), mul(change, rate)));
}

/** What is added to a variable, but for the rate. */
interface Change {
  readonly variable: Variable;
  readonly change: Tensor;
}

/** A source of independent keys inside one compiled update. */
type Keys = () => Tensor;

function keysFrom(key: Tensor): Keys {
  let drawn = 0;
  return () => foldIn(key, drawn++);
}

const drawn = (probabilities: Tensor, keys: Keys) => cast(bernoulli(keys(), probabilities), 'float32');

/** States of all layers, lowest first, each drawn from the one below. */
function upwards(recognition: readonly DirectedLayer[], pixels: Tensor, keys: Keys): Tensor[] {
  const states = [pixels];
  for (const layer of recognition) states.push(drawn(layer.probabilities(at(states, -1)), keys));
  return states;
}

/** States of all layers, lowest first, each drawn from the one above; of the pixels the probabilities. */
function downwards(generative: readonly DirectedLayer[], features: Tensor, keys: Keys): Tensor[] {
  const states = [features];
  for (const layer of generative.toReversed()) {
    const probabilities = layer.probabilities(at(states, 0));
    states.unshift(states.length === generative.length ? probabilities : drawn(probabilities, keys));
  }
  return states;
}

/** The delta rule: makes the states `to` more probable after the states `from`. */
function delta(layer: DirectedLayer, from: Tensor, to: Tensor): Change[] {
  const error = sub(to, layer.probabilities(from));
  return [
    { variable: layer.weights, change: correlation(from, error) },
    { variable: layer.bias, change: mean(error, 0) },
  ];
}

/** What the top machine does between the passes: what it learns, and the visible states it ends with. */
function dream(top: Rbm, start: Tensor, steps: number, keys: Keys): { end: Tensor; changes: Change[] } {
  const before = top.encode(start);
  let hidden = top.sampleHidden(keys(), start);
  let end = top.sampleVisible(keys(), hidden);
  for (let step = 1; step < steps; step++) {
    hidden = top.sampleHidden(keys(), end);
    end = top.sampleVisible(keys(), hidden);
  }
  const after = top.encode(end);
  return {
    end,
    changes: [
      { variable: top.weights, change: sub(correlation(start, before), correlation(end, after)) },
      { variable: top.visibleBias, change: mean(sub(start, end), 0) },
      { variable: top.hiddenBias, change: mean(sub(before, after), 0) },
    ],
  };
}

/** Mean over the batch of products: [batch, a] and [batch, b] to [a, b]. */
function correlation(a: Tensor, b: Tensor): Tensor {
  return div(matmul(transpose(a), b), at(a.shape, 0));
}
