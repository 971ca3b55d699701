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
  readonly epochs: number;
}

/**
 * Hyperband over the runs of the table, again and again until `share` of all its epochs is spent. No run is drawn twice,
 * and one that goes on does so from where it stopped.
 */
export async function hyperbandOnTable(
  table: readonly TableRun[],
  share: number,
  seed: number,
): Promise<HalvingResult> {
  const maxBudget = at(table, 0).errors.length;
  const left = Math.floor(share * table.length * maxBudget);
  const state: HalvingState = { table: [...table], left, error: 1 };
  let pass = 0;
  while (await onePass(state, maxBudget, 1000 * seed + pass)) pass++;
  return { error: state.error, epochs: left - state.left };
}

interface HalvingState {
  /** Runs that were not drawn yet. */
  readonly table: TableRun[];
  /** Epochs. */
  left: number;
  /** The least so far. */
  error: number;
}

/** One Hyperband. @returns false if the epochs or the runs did not suffice for all of it */
async function onePass(state: HalvingState, maxBudget: number, seed: number): Promise<boolean> {
  const drawn = new Map<number, { readonly run: TableRun; spent: number }>();
  let isWhole = true;
  await tune({
    space: { ticket: integer({ min: 0, max: TICKETS }) },
    search: hyperband({ maxBudget, eta: 3 }),
    seed,
    trials: 1000,
    objective: ({ ticket }, { budget = maxBudget }) => {
      const known = drawn.get(ticket) ?? drawRun(state.table, ticket);
      if (!known || budget - known.spent > state.left) {
        isWhole = false;
        return 1;
      }
      drawn.set(ticket, known);
      state.left -= budget - known.spent;
      known.spent = budget;
      const reached = at(known.run.errors, budget - 1);
      if (budget === maxBudget) state.error = Math.min(state.error, reached);
      return reached;
    },
  });
  return isWhole;
}

/** Enough that two trials hardly draw the same. */
const TICKETS = 2 ** 30;

function drawRun(table: TableRun[], ticket: number) {
  const [run] = table.splice(ticket % table.length, 1);
  return run && { run, spent: 0 };
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
