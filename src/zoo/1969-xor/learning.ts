import { abs, all, any, less, mean, square, sub, sum, tensor, zeros } from '../../ops/index.ts';
import { adam } from '../../optimizers/index.ts';
import { foldIn, key, split, uniform } from '../../random/index.ts';
import { valueAndGrad } from '../../tensor/gradient.ts';
import { jit } from '../../tensor/jit.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { Variable } from '../../tensor/variable.ts';
import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';
import { hiddenUnits, INPUTS, outputs, type Squash, TARGETS, type Weights } from './network.ts';

/** One kind of network. */
export interface Setting {
  readonly squash: Squash;
  readonly hidden: number;
}

/** What many networks of one kind learned. */
export type Learned = {
  /** Share of networks whose four answers are on the right side of 1/2. */
  readonly solved: number;
  /** Share of the others in which some hidden unit is 0 for all four inputs. */
  readonly deadAmongUnsolved: number;
  /** The first network that solved it: hidden [2, hidden], its bias, output and its bias, one after the other; or none. */
  readonly example: Float32Array;
};

const LEARNING_RATE = 0.05;
const NAMES = ['hidden', 'hiddenBias', 'output', 'outputBias'] as const;

/** Weights as Glorot and Bengio draw them, uniform in +-sqrt(6 / (in + out)); biases of 0. */
function drawWeights(networks: number, hidden: number, randomness: Tensor): Weights {
  const [first, second] = split(randomness);
  const draw = (from: Tensor, inputs: number, outputs: number) => {
    const limit = Math.sqrt(6 / (inputs + outputs));
    return uniform(from, [networks, inputs, outputs], { minval: -limit, maxval: limit });
  };
  return {
    hidden: draw(first, 2, hidden),
    hiddenBias: zeros([networks, 1, hidden]),
    output: draw(second, hidden, 1),
    outputBias: zeros([networks, 1, 1]),
  };
}

/**
 * Learns XOR with many networks side by side in one compiled step: full batch, linear output, mean squared error, Adam.
 * @param index tells settings apart, so that each draws weights of its own
 */
export async function learnXor(
  seed: number,
  index: number,
  { squash, hidden }: Setting,
  { networks, steps }: { readonly networks: number; readonly steps: number },
  progress: Progress,
): Promise<Learned> {
  const initial = drawWeights(networks, hidden, foldIn(key(seed), index));
  const variables = NAMES.map((name) => new Variable(initial[name], { name }));
  const optimizer = adam({ learningRate: LEARNING_RATE });
  optimizer.build(variables);
  const [x, targets] = [tensor(INPUTS), tensor(TARGETS.map((target) => [target]))];
  // a sum over networks: none of them feels the others
  const loss = (weights: Weights) => sum(mean(square(sub(outputs(x, weights, squash), targets)), [-2, -1]));
  const step = jit(() => {
    const [value, gradients] = valueAndGrad(loss)(weightsOf(variables));
    optimizer.apply(
      NAMES.map((name) => gradients[name]),
      variables,
    );
    return value;
  });
  for (let done = 0; done < steps; done++) {
    const value = step();
    if (done % 50 === 0) await progress(done / steps, `loss ${((await value.item()) / networks).toFixed(4)}`);
  }
  return judge(weightsOf(variables), squash);
}

function weightsOf(variables: readonly Variable[]): Weights {
  const [hidden, hiddenBias, output, outputBias] = variables.map((variable) => variable.read());
  return { hidden, hiddenBias, output, outputBias } as Weights;
}

async function judge(weights: Weights, squash: Squash): Promise<Learned> {
  const [x, targets] = [tensor(INPUTS), tensor(TARGETS.map((target) => [target]))];
  const isRight = less(abs(sub(outputs(x, weights, squash), targets)), 0.5);
  const solved = await all(isRight, [-2, -1]).data();
  const isDead = all(less(abs(hiddenUnits(x, weights, squash)), 1e-6), -2);
  const dead = await any(isDead, -1).data();
  const unsolved = [...solved.keys()].filter((network) => !at(solved, network));
  const first = solved.indexOf(1);
  return {
    solved: (solved.length - unsolved.length) / solved.length,
    deadAmongUnsolved: unsolved.filter((network) => at(dead, network)).length / Math.max(unsolved.length, 1),
    example: first < 0 ? new Float32Array() : await weightsOfOne(weights, first),
  };
}

async function weightsOfOne(weights: Weights, network: number): Promise<Float32Array> {
  const parts = await Promise.all(
    NAMES.map(async (name) => {
      const all = await weights[name].data();
      const size = all.length / at(weights[name].shape, 0);
      return [...all.subarray(network * size, (network + 1) * size)];
    }),
  );
  return Float32Array.from(parts.flat());
}
