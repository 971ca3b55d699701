import { NumberStream } from '../../random/number-stream.ts';
import { hyperband, integer, randomSearch, type Search, tpe, tune, type Values } from '../../tuning/index.ts';
import { at } from '../../util/errors.ts';
import { type Settings, SPACE } from './network.ts';

/** A training that is on record. */
export interface TableRun {
  readonly settings: Settings;
  /** Validation error after each epoch. */
  readonly errors: readonly number[];
}

/** The validation error at the end. */
export function finalError({ errors }: TableRun): number {
  return at(errors, -1);
}

/** The smallest error of the table. */
export function bestError(table: readonly TableRun[]): number {
  return Math.min(...table.map(finalError));
}

/**
 * How often 16 runs drawn at random beat a grid of 4 learning rates by 4 values of something idle, ties counting
 * half. The grid sees one run in each quarter of the learning rate's range, four times over; chance sees 16 rates.
 * The argument of Bergstra & Bengio 2012, figure 1.
 */
export function randomBeatsGrid(table: readonly TableRun[], resamples: number, seed: number): number {
  const random = new NumberStream(seed);
  const draw = (runs: readonly TableRun[]) => finalError(at(runs, random.below(runs.length)));
  const quarters = [0, 1, 2, 3].map((quarter) =>
    table.filter(
      ({ settings }) => Math.floor(4 * SPACE.learningRate.placeOf(settings.learningRate)) === quarter,
    ),
  );
  let wins = 0;
  for (let i = 0; i < resamples; i++) {
    const grid = Math.min(...quarters.map(draw));
    const chance = Math.min(...Array.from({ length: 16 }, () => draw(table)));
    if (chance < grid) wins += 1;
    else if (chance === grid) wins += 0.5;
  }
  return wins / resamples;
}

/** What a search by halving found, and what it spent. */
export interface HalvingResult {
  /** Smallest final error among the runs that were given all their epochs. */
  readonly error: number;
  /** Epochs spent; a run that goes on begins anew. */
  readonly epochs: number;
}

/** Hyperband over the runs of the table, again and again until one more would pass `share` of all its epochs. */
export async function hyperbandOnTable(
  table: readonly TableRun[],
  share: number,
  seed: number,
): Promise<HalvingResult> {
  const maxBudget = at(table, 0).errors.length;
  const limit = share * table.length * maxBudget;
  let found: HalvingResult = { error: 1, epochs: 0 };
  for (let pass = 0; ; pass++) {
    const next = await onePass(table, maxBudget, 1000 * seed + pass);
    if (found.epochs + next.epochs > limit) return found;
    found = { error: Math.min(found.error, next.error), epochs: found.epochs + next.epochs };
  }
}

async function onePass(table: readonly TableRun[], maxBudget: number, seed: number): Promise<HalvingResult> {
  let epochs = 0;
  let error = 1;
  await tune({
    space: { run: integer({ min: 0, max: table.length - 1 }) },
    search: hyperband({ maxBudget, eta: 3 }),
    seed,
    trials: 1000,
    objective: ({ run }, { budget = maxBudget }) => {
      epochs += budget;
      const reached = at(at(table, run).errors, budget - 1);
      if (budget === maxBudget) error = Math.min(error, reached);
      return reached;
    },
  });
  return { error, epochs };
}

/**
 * The best of `trials` by TPE and by chance, each trial on the nearest run of the table that its search has not had:
 * otherwise a search that tries settings close together would be answered by the same few runs.
 */
export async function tpeAgainstRandom(
  table: readonly TableRun[],
  trials: number,
  seed: number,
): Promise<{ readonly tpe: number; readonly random: number }> {
  const best = async (search: Search) => {
    const left = new Set(table);
    const objective = (values: Settings) => {
      const run = nearest([...left], values);
      left.delete(run);
      return finalError(run);
    };
    return (await tune({ space: SPACE, search, seed, trials, objective })).best.value;
  };
  return { tpe: await best(tpe()), random: await best(randomSearch()) };
}

/** The run whose settings are nearest, on the unit cube. */
export function nearest(table: readonly TableRun[], settings: Settings): TableRun {
  const place = placeOf(settings);
  let found = at(table, 0);
  let smallest = Number.POSITIVE_INFINITY;
  for (const run of table) {
    const distance = placeOf(run.settings).reduce((sum, x, i) => sum + (x - at(place, i)) ** 2, 0);
    if (distance >= smallest) continue;
    [found, smallest] = [run, distance];
  }
  return found;
}

function placeOf(settings: Settings): number[] {
  return Object.entries(SPACE).map(([name, parameter]) => {
    const value = (settings as Values)[name];
    return parameter.placeOf(value as never); // a value of this parameter, from the same space
  });
}
