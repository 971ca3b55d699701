import type { SeedGenerator } from '../layers/seed-generator.ts';
import { scan } from '../ops/control/control.ts';
import { concat } from '../ops/shape/shape.ts';
import { split as cut } from '../ops/shape/slicing.ts';
import { split } from '../random/keys.ts';
import { jit } from '../tensor/jit.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';
import { type Harmonium, hiddenInput, visibleInput } from './harmonium.ts';

/** Options of `Rbm.gibbs`. */
export interface GibbsOptions {
  /** Full steps: hidden from visible units, then visible from hidden ones. Default 1. */
  readonly steps?: number;
  /** Units at the end of the visible layer that keep the states they begin with. Default 0. */
  readonly clamped?: number;
  /** Told what part is done, a few times a second; the chains wait for it. */
  readonly onProgress?: (done: number) => void | Promise<void>;
}

/** Where chains ended. */
export interface GibbsResult {
  /** States, [chains, visible]: where to go on. */
  readonly states: Tensor;
  /** Probabilities (means) that the states were drawn from, [chains, visible]: what to look at. */
  readonly means: Tensor;
}

/** Steps of one compiled program. */
const BLOCK = 50;

type Chains = readonly [states: Tensor, means: Tensor, key: Tensor];

/** Runs one chain from each row of visible states. */
export async function gibbsChains(
  machine: Harmonium,
  keys: SeedGenerator,
  start: Tensor,
  { steps = 1, clamped = 0, onProgress }: GibbsOptions,
): Promise<GibbsResult> {
  const block = (length: number) => jit((state: Chains) => walk(machine, state, clamped, length));
  const [whole, rest] = [block(BLOCK), block(steps % BLOCK)];
  let state: Chains = [start, start, keys.next()];
  for (let done = 0; done < steps; done += BLOCK) {
    const isWhole = steps - done >= BLOCK;
    state = (isWhole ? whole : rest)(state);
    await onProgress?.(Math.min(1, (done + BLOCK) / steps));
  }
  const [states, means] = state;
  return { states, means };
}

function walk(machine: Harmonium, state: Chains, clamped: number, length: number): Chains {
  const { hiddenLayer, visibleLayer } = machine;
  const free = at(state[0].shape, 1) - clamped;
  const kept = cut(state[0], [free, clamped], 1)[1] as Tensor;
  const fixed = (visible: Tensor) =>
    clamped === 0 ? visible : concat([at(cut(visible, [free, clamped], 1), 0), kept], 1);
  const step = ([states, , key]: Chains): [Chains, null] => {
    const [next, up, down] = split(key, 3) as [Tensor, Tensor, Tensor];
    const input = visibleInput(machine, hiddenLayer.sample(up, hiddenInput(machine, states)));
    return [[fixed(visibleLayer.sample(down, input)), fixed(visibleLayer.mean(input)), next], null];
  };
  return scan<Chains, null, null>(step, state, null, { length })[0];
}
