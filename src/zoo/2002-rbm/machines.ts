import { tensor } from '../../ops/create.ts';
import { polynomialDecay } from '../../optimizers/schedules.ts';
import { type Rbm, type RbmParameters, rbm } from '../../pretraining/index.ts';
import type { Progress } from '../study.ts';
import { type BinaryDigits, crossEntropy, PIXELS } from './digits.ts';

/** How a machine learns. */
export interface Learning {
  readonly method: 'cd' | 'pcd';
  readonly epochs: number;
  readonly learningRate: number;
}

const BATCH_SIZE = 100;

/** A machine with one-step chains (CD-1 or PCD-1), its learning rate falling to 0 on a straight line. */
export async function learnMachine(
  digits: BinaryDigits,
  machine: { readonly hidden: number; readonly seed: number; readonly visibleMeans: Float64Array },
  { method, epochs, learningRate }: Learning,
  onProgress: Progress,
): Promise<Rbm> {
  const learner = rbm({ visible: PIXELS, ...machine });
  const decaySteps = Math.max(1, epochs * Math.ceil(digits.shape[0] / BATCH_SIZE));
  await learner.fit(digits, {
    method,
    epochs,
    batchSize: BATCH_SIZE,
    learningRate: polynomialDecay({ initialLearningRate: learningRate, decaySteps, endLearningRate: 0 }),
    onProgress,
  });
  return learner;
}

/** The machine that has these weights. */
export function machineOf(parameters: RbmParameters, hidden: number, seed: number): Rbm {
  return rbm({ visible: PIXELS, hidden, seed, parameters });
}

/** Mean cross-entropy, in nats, between digits and what one pass up and down makes of them. */
export async function reconstructionError(machine: Rbm, digits: BinaryDigits): Promise<number> {
  const again = (await machine.reconstruct(tensor(digits.data, digits.shape)).data()) as Float32Array;
  return crossEntropy(digits, (place) => again[place] ?? 0);
}
