import type { SeedGenerator } from '../layers/seed-generator.ts';
import { arange, zeros } from '../ops/create.ts';
import { take } from '../ops/index/take.ts';
import { matmul } from '../ops/linalg/linalg.ts';
import { add, cast, div, mod, mul, sub } from '../ops/math/arithmetic.ts';
import { mean } from '../ops/reduce/reduce.ts';
import { transpose } from '../ops/shape/shape.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { Variable } from '../tensor/variable.ts';
import { at } from '../util/errors.ts';
import { type Harmonium, hiddenInput, visibleInput } from './harmonium.ts';
import type { RbmTraining } from './training-options.ts';

/** Expectations under one phase of learning: of v h, v and h. */
interface Statistics {
  readonly weights: Tensor;
  readonly visible: Tensor;
  readonly hidden: Tensor;
}

/** A compiled update of a machine: rows to learn from, places of the batch in them, rate and momentum. */
export type ContrastiveStep = (rows: Tensor, places: Tensor, rate: number, momentum: number) => object;

/**
 * One update by contrastive divergence as one compiled program, which changes weights, velocities and chains in place.
 * @param rows where chains that persist begin: their first rows, again and again if there are fewer than chains
 */
export function contrastiveStep(
  machine: Harmonium,
  keys: SeedGenerator,
  rows: Tensor,
  { method, steps, chains, batchSize, weightDecay, reconstruction }: RbmTraining,
): ContrastiveStep {
  const parameters = [machine.weights, machine.visibleBias, machine.hiddenBias];
  const velocities = parameters.map(
    ({ shape, name }) => new Variable(zeros(shape), { name: `${name}/velocity` }),
  );
  const chain = new Variable(firstChains(machine, keys, rows, chains ?? batchSize), { name: 'chains' });
  return jit((data, places, rate, momentum) => {
    const visible = cast(take(data, places), 'float32');
    const input = hiddenInput(machine, visible);
    const positive = statistics(visible, machine.hiddenLayer.mean(input));
    const start = method === 'pcd' ? chain.read() : machine.hiddenLayer.sample(keys.next(), input);
    const end = gibbs(machine, keys, start, steps, method === 'cd' && reconstruction === 'mean');
    if (method === 'pcd') chain.assign(machine.hiddenLayer.sample(keys.next(), end.input));
    const negative = statistics(end.visible, machine.hiddenLayer.mean(end.input));
    const slopes = [
      sub(sub(positive.weights, negative.weights), mul(machine.weights.read(), weightDecay)),
      sub(positive.visible, negative.visible),
      sub(positive.hidden, negative.hidden),
    ];
    for (const [i, slope] of slopes.entries()) {
      const velocity = at(velocities, i);
      const next = add(mul(velocity.read(), momentum), mul(slope, rate));
      velocity.assign(next);
      at(parameters, i).assign(add(at(parameters, i).read(), next));
    }
    return {};
  }) as ContrastiveStep;
}

function firstChains(machine: Harmonium, keys: SeedGenerator, rows: Tensor, chains: number): Tensor {
  const places = mod(arange(chains), at(rows.shape, 0));
  const visible = cast(take(rows, places), 'float32');
  return machine.hiddenLayer.sample(keys.next(), hiddenInput(machine, visible));
}

function statistics(visible: Tensor, hidden: Tensor): Statistics {
  const count = at(visible.shape, 0);
  return {
    weights: div(matmul(transpose(visible), hidden), count),
    visible: mean(visible, 0),
    hidden: mean(hidden, 0),
  };
}

/** Alternates between the layers from hidden states on; ends with visible states and the input they give. */
function gibbs(
  machine: Harmonium,
  keys: SeedGenerator,
  start: Tensor,
  steps: number,
  isMean: boolean,
): { visible: Tensor; input: Tensor } {
  const { visibleLayer, hiddenLayer } = machine;
  let hidden = start;
  for (let step = 1; ; step++) {
    const down = visibleInput(machine, hidden);
    const visible = isMean ? visibleLayer.mean(down) : visibleLayer.sample(keys.next(), down);
    const input = hiddenInput(machine, visible);
    if (step === steps) return { visible, input };
    hidden = hiddenLayer.sample(keys.next(), input);
  }
}
