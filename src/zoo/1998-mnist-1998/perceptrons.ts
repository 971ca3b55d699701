import * as layers from '../../layers/index.ts';
import { defineLoss } from '../../losses/loss.ts';
import { type Sequential, sequential } from '../../models/sequential.ts';
import { oneHot } from '../../ops/create.ts';
import { mul, square, sub } from '../../ops/math/arithmetic.ts';
import { mean } from '../../ops/reduce/reduce.ts';
import type { NetworkPlan } from './networks.ts';

/**
 * Where the paper's squashing function, 1.7159 tanh(2x/3), is +1 and -1, as outputs of a plain tanh: targets at the ends of its
 * range would drive the weights to infinity.
 */
const TARGET = 1 / 1.7159;

/** Mean squared distance to the targets, one output a class: what the networks of 1998 minimised. */
export const squaredErrorOfClasses = defineLoss({
  name: 'squaredErrorOfClasses',
  labels: 'classes',
  defaults: {},
  perExample(_config, classes, outputs) {
    const targets = mul(sub(mul(oneHot(classes, 10, outputs.dtype), 2), 1), TARGET);
    return mean(square(sub(outputs, targets)), -1);
  },
});

const RATE = { maxLearningRate: 0.004, weightDecay: 0.2 };

/** The fully connected rows of the table, by name. Chosen on the last 10,000 training images. */
export const PERCEPTRON_PLANS = {
  softmax: plan([], { epochs: 10, maxLearningRate: 0.005, weightDecay: 0 }),
  hidden300: plan([300], { epochs: 10, ...RATE }),
  hidden300Squared: squared([300], { epochs: 8, ...RATE }),
  hidden1000: plan([1000], { epochs: 6, ...RATE }),
  hidden1000Squared: squared([1000], { epochs: 5, ...RATE }),
  hidden300And100: plan([300, 100], { epochs: 10, ...RATE }),
  hidden500And150: plan([500, 150], { epochs: 10, ...RATE }),
} as const satisfies Readonly<Record<string, NetworkPlan>>;

type Pace = Pick<NetworkPlan, 'epochs' | 'maxLearningRate' | 'weightDecay'>;

/** Layers of tanh units, and a softmax. */
function plan(hidden: readonly number[], pace: Pace): NetworkPlan {
  return { build: (seed) => perceptron(hidden, 'softmax', seed), ...pace };
}

/** The same with tanh outputs and squared errors. */
function squared(hidden: readonly number[], pace: Pace): NetworkPlan {
  return { build: (seed) => perceptron(hidden, 'tanh', seed), loss: squaredErrorOfClasses(), ...pace };
}

/** Bytes [batch, 28, 28, 1] to ten outputs, through layers of tanh units. */
export function perceptron(hidden: readonly number[], output: 'softmax' | 'tanh', seed: number): Sequential {
  return sequential({
    name: ['perceptron', ...hidden].join('-'),
    seed,
    layers: [
      layers.input({ shape: [28, 28, 1] }),
      layers.rescaling({ scale: 1 / 255 }),
      layers.flatten(),
      ...hidden.map((units) => layers.dense({ units, activation: 'tanh' })),
      layers.dense({ name: 'output', units: 10, activation: output }),
    ],
  });
}
