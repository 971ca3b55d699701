import type { SeedGenerator } from '../layers/seed-generator.ts';
import { EventLoopTurns } from '../models/event-loop.ts';
import { tensor } from '../ops/create.ts';
import { isFinite as areFinite } from '../ops/math/compare.ts';
import { sum } from '../ops/reduce/reduce.ts';
import { permutationOf } from '../random/permutation.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerNumericError, at } from '../util/errors.ts';
import { sizeOf } from '../util/shapes.ts';
import { type ContrastiveStep, contrastiveStep } from './contrastive-step.ts';
import type { Harmonium } from './harmonium.ts';
import { reportInterval } from './pace.ts';
import { type RbmTraining, valueAt } from './training-options.ts';

/** A machine, where its chance comes from, and what to call it in errors. */
export interface Trained {
  readonly machine: Harmonium;
  readonly keys: SeedGenerator;
  readonly seed: number;
  /** Passes over data it has made before. */
  readonly epochsDone: number;
  readonly where: string;
}

/** Trains a machine on rows [count, visible]; ends early if the signal is aborted. */
export async function train(trained: Trained, rows: Tensor, settings: RbmTraining): Promise<void> {
  const { machine, keys } = trained;
  const batchSize = Math.min(settings.batchSize, at(rows.shape, 0));
  const step = contrastiveStep(machine, keys, rows, { ...settings, batchSize });
  const work = (3 + 2 * settings.steps) * batchSize * sizeOf(machine.weights.shape);
  const turns = new EventLoopTurns(work);
  try {
    await trainBatches(trained, rows, { ...settings, batchSize }, step, async (update, total) => {
      await turns.pause();
      if (update % reportInterval(work) !== 0 && update !== total) return;
      requireFinite(machine, trained.where);
      await settings.onProgress?.(update / total);
    });
  } finally {
    turns.close();
  }
}

async function trainBatches(
  { seed, epochsDone, where }: Trained,
  rows: Tensor,
  { epochs, batchSize, learningRate, momentum, signal }: RbmTraining,
  step: ContrastiveStep,
  afterUpdate: (update: number, total: number) => Promise<void>,
): Promise<void> {
  const count = at(rows.shape, 0);
  const perEpoch = Math.ceil(count / batchSize);
  const total = epochs * perEpoch;
  let order: Int32Array = new Int32Array();
  for (let update = 0; update < total && !signal?.aborted; update++) {
    const place = update % perEpoch;
    if (place === 0) order = permutationOf(count, seed, epochsDone + update / perEpoch);
    const places = tensor(order.slice(place * batchSize, (place + 1) * batchSize));
    const rate = valueAt(learningRate, update, 'learningRate', where);
    step(rows, places, rate, valueAt(momentum, update, 'momentum', where));
    places.dispose();
    await afterUpdate(update + 1, total);
  }
}

function requireFinite({ weights }: Harmonium, where: string): void {
  if (areFinite(sum(weights.read())).itemSync() === 1) return;
  throw new AntlerNumericError({
    where,
    expected: 'weights that stay finite',
    got: 'NaN or infinity',
    fix: 'take a smaller learningRate; Gaussian units need about a hundredth of what binary ones bear',
  });
}
