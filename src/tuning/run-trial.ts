import * as platform from '#platform';
import type { Objective, ObjectiveModule, TrialContext } from './objective.ts';
import type { SearchSpace, ValuesOf } from './space.ts';
import type { Trial } from './trial.ts';

type Outcome = { readonly value: number } | { readonly error: string };

/** Runs one trial; a function that throws, or a process that dies, makes it a failed one. */
export async function runTrial<S extends SearchSpace>(
  objective: Objective<S> | ObjectiveModule,
  trial: Trial,
  seed: number,
): Promise<Trial> {
  const context = { number: trial.number, seed, budget: trial.budget };
  const values = trial.values as ValuesOf<S>; // the search draws from the space of the objective
  const outcome =
    typeof objective === 'function'
      ? await callHere(objective, values, context)
      : await callInProcess(objective, values, context);
  if ('error' in outcome) return { ...trial, state: 'failed', error: outcome.error };
  const { value } = outcome;
  if (typeof value === 'number' && Number.isFinite(value)) return { ...trial, state: 'done', value };
  return { ...trial, state: 'failed', error: `the objective returned ${value}, not a finite number` };
}

async function callHere<S extends SearchSpace>(
  objective: Objective<S>,
  values: ValuesOf<S>,
  context: TrialContext,
): Promise<Outcome> {
  try {
    return { value: await objective(values, context) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function callInProcess({ module }: ObjectiveModule, values: object, context: TrialContext): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = platform.startProcess('./trial-process.js', import.meta.url);
    child.onMessage((message) => {
      resolve(message as Outcome);
      child.terminate();
    });
    child.onExit((reason) => resolve({ error: `its process ended (${reason}) without an answer` }));
    child.postMessage({ module: module.href, values, context });
  });
}
