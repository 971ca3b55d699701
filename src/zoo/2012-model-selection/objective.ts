import { mnist } from '../../data/mnist.ts';
import { setBackend } from '../../tensor/engine.ts';
import type { TrialContext } from '../../tuning/index.ts';
import { at } from '../../util/errors.ts';
import { type Settings, splitDigits, validationErrors } from './network.ts';

/** Epochs of a trial where the search does not say. */
export const EPOCHS = 9;

/** Digits that trials learn from and are chosen by: of 2,000 the best of 200 trials would be one of the lucky ones. */
export const COUNTS = { train: 8000, validation: 5000 } as const;

/** The validation error of a trial; `antler tune model-selection` runs it in a process of its own. */
export async function objective(settings: Settings, { seed, budget }: TrialContext): Promise<number> {
  setBackend('wasm', { threads: 1 }); // trials share the cores
  const { train } = await mnist();
  const digits = splitDigits(train, COUNTS.train, COUNTS.validation);
  const errors = await validationErrors(settings, digits, { epochs: budget ?? EPOCHS, seed });
  return at(errors, -1);
}
