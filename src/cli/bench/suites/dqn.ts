import * as layers from '../../../layers/index.ts';
import type { Layer } from '../../../layers/layer.ts';
import { type Sequential, sequential } from '../../../models/sequential.ts';
import { oneHot } from '../../../ops/create.ts';
import { abs, add, minimum, mul, sub } from '../../../ops/math/arithmetic.ts';
import { max, mean, sum } from '../../../ops/reduce/reduce.ts';
import { adam } from '../../../optimizers/index.ts';
import { gradients } from '../../../tensor/gradient.ts';
import { jit } from '../../../tensor/jit.ts';
import { fromHost, type Tensor } from '../../../tensor/tensor.ts';
import { at } from '../../../util/errors.ts';
import { perSecond, type Suite } from '../suite.ts';
import { filled, labels, timedSteps } from '../timed.ts';

const BATCH = 32;
const DISCOUNT = 0.99;
const FRAMES = [84, 84, 4] as const;

/** Transitions that were seen before. */
interface Replay {
  /** [batch, ...state]. */
  readonly states: Tensor;
  /** int32 [batch]. */
  readonly actions: Tensor;
  /** [batch]. */
  readonly rewards: Tensor;
  /** [batch, ...state]. */
  readonly nextStates: Tensor;
}

/** Deep Q-learning with a target network; Huber loss, Adam 1e-4. */
export const dqn: Suite = {
  name: 'dqn',
  summary: 'deep Q-learning on batches of 32: an update of a network for CartPole, and of one for Atari',
  measurements: [
    {
      name: 'dqn mlp train',
      case: 'dqn-mlp-train',
      parameters: { batch: BATCH },
      threads: [1, 2],
      unit: perSecond('samples', BATCH),
      peers: [{ program: 'pytorch', bar: 1 }],
    },
    {
      name: 'dqn conv train',
      case: 'dqn-conv-train',
      parameters: { batch: BATCH },
      threads: [1, 2],
      unit: perSecond('samples', BATCH),
      peers: [{ program: 'pytorch', bar: 1 }],
    },
  ],
  cases: {
    'dqn-mlp-train': async ({ batch = BATCH }) =>
      timedSteps(updateOf(cartPoleNetwork, 2, [filled([batch, 4]), filled([batch, 4])])),
    'dqn-conv-train': async ({ batch = BATCH }) =>
      timedSteps(updateOf(atariNetwork, 4, [frames(batch), frames(batch)])),
  },
};

function cartPoleNetwork(seed: number): Sequential {
  return valueNetwork(seed, [
    layers.input({ shape: [4] }),
    layers.dense({ units: 128, activation: 'relu' }),
    layers.dense({ units: 128, activation: 'relu' }),
    layers.dense({ units: 2 }),
  ]);
}

/** The network of Mnih et al. 2015. */
function atariNetwork(seed: number): Sequential {
  return valueNetwork(seed, [
    layers.input({ shape: FRAMES }),
    layers.rescaling({ scale: 1 / 255 }),
    layers.conv2d({ filters: 32, kernelSize: 8, strides: 4, activation: 'relu' }),
    layers.conv2d({ filters: 64, kernelSize: 4, strides: 2, activation: 'relu' }),
    layers.conv2d({ filters: 64, kernelSize: 3, activation: 'relu' }),
    layers.flatten(),
    layers.dense({ units: 512, activation: 'relu' }),
    layers.dense({ units: 4 }),
  ]);
}

function valueNetwork(seed: number, inner: readonly Layer[]): Sequential {
  return sequential({ name: 'values', seed, layers: inner });
}

/** One compiled update of a network towards the values that an older copy of it sees. */
function updateOf(
  build: (seed: number) => Sequential,
  actions: number,
  [states, nextStates]: readonly [Tensor, Tensor],
): () => Tensor {
  const [network, target] = [build(1), build(2)];
  const optimizer = adam({ learningRate: 1e-4 });
  optimizer.build(network.trainableWeights);
  const update = jit((replay: Replay) => {
    const loss = temporalDifferenceLoss(network, target, replay);
    const weights = network.trainableWeights;
    const values = weights.map((weight) => weight.read());
    optimizer.apply(gradients(loss, values), weights);
    return loss;
  });
  const batch = at(states.shape, 0);
  const replay = {
    states,
    actions: fromHost(labels(batch, actions), [batch], 'int32'),
    rewards: filled([batch]),
    nextStates,
  };
  return () => update(replay);
}

/** Huber loss of Q(s, a) - (r + discount max Q'(s')). */
function temporalDifferenceLoss(network: Sequential, target: Sequential, replay: Replay): Tensor {
  const values = network.apply(replay.states, { training: true });
  const taken = sum(mul(values, oneHot(replay.actions, at(values.shape, -1))), -1);
  const best = max(target.apply(replay.nextStates), -1);
  const error = abs(sub(taken, add(replay.rewards, mul(best, DISCOUNT))));
  const bounded = minimum(error, 1);
  return mean(mul(bounded, sub(error, mul(bounded, 0.5))));
}

function frames(count: number): Tensor {
  const size = count * FRAMES.reduce((product, extent) => product * extent, 1);
  return fromHost(
    Uint8Array.from({ length: size }, (_, i) => (i * 7919) % 256),
    [count, ...FRAMES],
    'uint8',
  );
}
