import { scan } from '../ops/control/control.ts';
import { tensor, zeros } from '../ops/create.ts';
import { add, mul, sub } from '../ops/math/arithmetic.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { broadcastTo } from '../ops/shape/shape.ts';
import { key as keyOf, split } from '../random/keys.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { type Harmonium, hiddenInput, visibleInput } from './harmonium.ts';
import { logSumExp } from './log-sum-exp.ts';

/** Options of `Rbm.estimateLogPartition`. */
export interface AnnealingOptions {
  readonly seed: number;
  /** Independent runs. Default 100. */
  readonly chains?: number;
  /** Inverse temperatures between the base machine and the trained one, evenly spaced. Default 1000. */
  readonly temperatures?: number;
  /**
   * Part of the rows in which each visible unit is on, [visible]: the base machine is one of independent units with
   * these frequencies. Default the frequencies that the visible biases give by themselves.
   */
  readonly visibleMeans?: ArrayLike<number>;
  /** Told what part is done; the estimate waits for it. */
  readonly onProgress?: (done: number) => void | Promise<void>;
}

/** An estimate of log Z. */
export interface LogPartitionEstimate {
  readonly logPartition: number;
  /** log of the mean weight less and plus three of its standard errors; `low` is -Infinity if they exceed the mean. */
  readonly low: number;
  readonly high: number;
}

/** Temperatures of one compiled program. */
const BLOCK = 100;

/** State of all chains: visible states, logarithms of importance weights, random key. */
type Chains = readonly [visible: Tensor, logWeights: Tensor, key: Tensor];

/**
 * Annealed importance sampling (Neal 2001) with the path of Salakhutdinov and Murray 2008, section 4.1: from a machine
 * without weights, whose visible biases are `base`, to the machine itself. Layers of binary units.
 */
export async function annealedImportance(
  machine: Harmonium,
  base: Tensor,
  {
    seed,
    chains,
    temperatures,
    onProgress,
  }: Required<Omit<AnnealingOptions, 'onProgress' | 'visibleMeans'>> & Pick<AnnealingOptions, 'onProgress'>,
): Promise<LogPartitionEstimate> {
  const [hiddenUnits, visibleUnits] = [at(machine.hiddenBias.shape, 0), at(base.shape, 0)];
  const [first, second] = split(keyOf(seed));
  const block = jit((state: Chains, from: Tensor, to: Tensor) => anneal(machine, base, state, from, to));
  let state: Chains = [
    machine.visibleLayer.sample(first, broadcastTo(base, [chains, visibleUnits])),
    zeros([chains]),
    second,
  ];
  for (let done = 0; done < temperatures; done += BLOCK) {
    const length = Math.min(BLOCK, temperatures - done);
    const betas = Float32Array.from({ length: length + 1 }, (_, i) => (done + i) / temperatures);
    state = block(state, tensor(betas.slice(0, -1)), tensor(betas.slice(1)));
    await onProgress?.((done + length) / temperatures);
  }
  const logWeights = await state[1].data();
  const baseLogPartition = await machine.visibleLayer.logPartition(base).item();
  return summary(Float64Array.from(logWeights as Float32Array), baseLogPartition + hiddenUnits * Math.LN2);
}

/** Takes the chains through temperatures: each adds its part of the weight, then makes one Gibbs step. */
function anneal(machine: Harmonium, base: Tensor, state: Chains, from: Tensor, to: Tensor): Chains {
  const { visibleLayer, hiddenLayer, visibleBias } = machine;
  const lean = sub(visibleBias.read(), base);
  const step = (
    [visible, logWeights, key]: Chains,
    [before, after]: readonly [Tensor, Tensor],
  ): [Chains, null] => {
    const [next, forHidden, forVisible] = split(key, 3) as [Tensor, Tensor, Tensor];
    const input = hiddenInput(machine, visible);
    const gain = mul(sub(after, before), sum(mul(visible, lean), -1));
    const [was, is] = [
      hiddenLayer.logPartition(mul(input, before)),
      hiddenLayer.logPartition(mul(input, after)),
    ];
    const hidden = hiddenLayer.sample(forHidden, mul(input, after));
    // the visible units see (1 - beta) base + beta (b + Wh)
    const down = add(base, mul(sub(visibleInput(machine, hidden), base), after));
    const weights = add(logWeights, add(gain, sub(is, was)));
    return [[visibleLayer.sample(forVisible, down), weights, next], null];
  };
  const [last] = scan<Chains, readonly [Tensor, Tensor], null>(step, state, [from, to]);
  return last;
}

function summary(logWeights: Float64Array, base: number): LogPartitionEstimate {
  const count = logWeights.length;
  const logMean = logSumExp(logWeights) - Math.log(count);
  const ratios = logWeights.map((weight) => Math.exp(weight - logMean));
  const variance = ratios.reduce((total, ratio) => total + (ratio - 1) ** 2, 0) / Math.max(1, count - 1);
  const margin = 3 * Math.sqrt(variance / count);
  const around = (factor: number) => base + logMean + Math.log(Math.max(0, factor));
  return { logPartition: base + logMean, low: around(1 - margin), high: around(1 + margin) };
}
