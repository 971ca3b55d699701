import { setTimeout as pause } from 'node:timers/promises';
import { AntlerError } from '../../util/errors.ts';

/** How long to measure. */
export interface Effort {
  /** Rounds of each side; medians are over them. */
  readonly rounds: number;
  /** What a round is to last. */
  readonly roundSeconds: number;
}

/** One who takes turns. */
export interface Runner {
  /** Does the work so many times. @returns seconds */
  readonly run: (iterations: number) => Promise<number>;
  /** Whether the others are measured all the same when this one fails. */
  readonly mayFail: boolean;
}

/** After this much work in all, a slow side sits out the remaining rounds. */
const PATIENCE_SECONDS = 20;

/** ... but not before so many. */
const FEWEST_ROUNDS = 3;

/** Threads of other programs spin for some milliseconds before they sleep; nobody is measured beside them. */
const SETTLE_MILLISECONDS = 60;

/** Part of a round that is repeated untimed before it: caches hold what the other side left. */
const WARM_PART = 0.1;

/** Seconds per iteration, a value a round; or what went wrong. */
export interface Outcome {
  readonly rounds: readonly number[] | undefined;
  readonly failure: string | undefined;
}

/**
 * Measures several programs in turns, A B C A B C ..., so that whatever else the machine does meets them all alike.
 * @throws the AntlerError of one that may not fail
 */
export async function measureInTurns(
  runners: readonly Runner[],
  { rounds, roundSeconds }: Effort,
): Promise<Outcome[]> {
  const sides = runners.map(
    (runner): Side => ({ runner, iterations: 1, rounds: [], spentSeconds: 0, failure: undefined }),
  );
  for (const side of sides) await guarded(side, () => calibrate(side, roundSeconds));
  for (let round = 0; round < rounds; round++) {
    for (const side of sides) await guarded(side, () => playRound(side));
  }
  return sides.map(({ rounds, failure }) => ({
    rounds: failure === undefined ? rounds : undefined,
    failure,
  }));
}

interface Side {
  readonly runner: Runner;
  /** Iterations of a round. */
  iterations: number;
  readonly rounds: number[];
  spentSeconds: number;
  failure: string | undefined;
}

async function guarded(side: Side, act: () => Promise<void>): Promise<void> {
  if (side.failure !== undefined) return;
  try {
    await act();
  } catch (error) {
    if (!(error instanceof AntlerError && side.runner.mayFail)) throw error;
    side.failure = error.message;
  }
}

/**
 * Warms the program up and finds how many iterations fill a round. The first iteration compiles, and the first
 * hundreds run code that is not optimized yet: the count follows from a run as long as a round, after all those.
 */
async function calibrate(side: Side, roundSeconds: number): Promise<void> {
  await timed(side, 1);
  let iterations = 1;
  let seconds = await timed(side, iterations);
  while (seconds < roundSeconds) {
    iterations = Math.ceil(iterations * Math.min(10, (1.2 * roundSeconds) / seconds));
    seconds = await timed(side, iterations);
  }
  side.iterations = Math.max(1, Math.round((iterations * roundSeconds) / seconds));
}

async function playRound(side: Side): Promise<void> {
  const { iterations, rounds } = side;
  if (side.spentSeconds > PATIENCE_SECONDS && rounds.length >= FEWEST_ROUNDS) return;
  await pause(SETTLE_MILLISECONDS);
  const warm = Math.floor(iterations * WARM_PART);
  if (warm > 0) await timed(side, warm);
  rounds.push((await timed(side, iterations)) / iterations);
}

async function timed(side: Side, iterations: number): Promise<number> {
  const seconds = await side.runner.run(iterations);
  side.spentSeconds += seconds;
  return seconds;
}
