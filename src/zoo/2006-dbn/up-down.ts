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
  /** Gibbs steps that the dreams make. */
  readonly steps: number;
  /** States of the top machine's visible units that go on from update to update, [dreams, features + 10]. */
  readonly dreams: Variable;
}

/**
 * One update of contrastive wake-sleep (Hinton, Osindero, Teh 2006, section 5 and appendix B). Upwards, states that the
 * recognition weights guess teach the generative weights; the top machine learns to prefer them to its dreams;
 * downwards, states that the generative weights draw from the dreams teach the recognition weights. The dreams go on from
 * update to update (Tieleman 2008).
 * @param pixels [batch, 784] in [0, 1]
 * @param labels [batch, 10], 1 at the class
 */
export function upDownStep(
  network: BeliefNetwork,
  pixels: Tensor,
  labels: Tensor,
  { key, rate, steps, dreams }: UpDownContext,
): void {
  const keys = keysFrom(key);
  const { recognition, generative, top } = network;
  const awake = upwards(recognition, pixels, keys);
  const features = at(awake, -1);
  const dreamed = dream(top, dreams.read(), steps, keys);
  const [dreamt] = cut(dreamed, [at(features.shape, 1), CLASSES], 1) as [Tensor, Tensor];
  const asleep = downwards(generative, dreamt, keys);
  const changes = [
    ...generative.flatMap((layer, i) => delta(layer, at(awake, i + 1), at(awake, i))),
    ...recognition.flatMap((layer, i) => delta(layer, at(asleep, i), at(asleep, i + 1))),
    ...preference(top, concat([features, labels], 1), dreamed),
  ];
  dreams.assign(dreamed);
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

/** Visible states of the top machine some Gibbs steps later. */
function dream(top: Rbm, start: Tensor, steps: number, keys: Keys): Tensor {
  let states = start;
  for (let step = 0; step < steps; step++) {
    states = top.sampleVisible(keys(), top.sampleHidden(keys(), states));
  }
  return states;
}

/** What makes some visible states of the top machine more probable than others: the likelihood gradient. */
function preference(top: Rbm, wanted: Tensor, dreamed: Tensor): Change[] {
  const [hidden, dreamedHidden] = [top.encode(wanted), top.encode(dreamed)];
  return [
    { variable: top.weights, change: sub(correlation(wanted, hidden), correlation(dreamed, dreamedHidden)) },
    { variable: top.visibleBias, change: sub(mean(wanted, 0), mean(dreamed, 0)) },
    { variable: top.hiddenBias, change: sub(mean(hidden, 0), mean(dreamedHidden, 0)) },
  ];
}

/** Mean over the batch of products: [batch, a] and [batch, b] to [a, b]. */
function correlation(a: Tensor, b: Tensor): Tensor {
  return div(matmul(transpose(a), b), at(a.shape, 0));
}
