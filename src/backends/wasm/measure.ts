import type { Plan } from '../../compiler/compile.ts';
import type { MeasuredTimes } from '../../compiler/explain/explain.ts';
import type { ExplainedRuns } from '../../compiler/explain/explanation.ts';
import { regionsOf } from '../../compiler/memory/uses.ts';
import { at } from '../../util/errors.ts';
import { median } from '../../util/median.ts';
import type { MeasuringEffort } from '../backend.ts';
import { emitProgram, type ProgramOptions } from './codegen/program.ts';
import { instantiateMarked, Marks, readingSeconds } from './marks.ts';
import type { EngineMemory } from './memory.ts';
import { Stage } from './stage.ts';
import type { ThreadPool } from './threads/pool.ts';

/** Where programs run. */
export interface Machine {
  readonly memory: EngineMemory;
  readonly pool: ThreadPool;
  readonly options: ProgramOptions;
}

/** The least number of runs that a median is taken of. */
const LEAST_RUNS = 5;

/**
 * Runs a program on copies of its inputs, in turns with a reading of the clock behind every kernel and as it is, on one
 * thread and on all. Half of the time is for warming up: the engine makes its best code of what has run a while.
 * @param inputs addresses of the elements
 */
export function measureProgram(
  plan: Plan,
  { memory, pool, options }: Machine,
  inputs: readonly number[],
  { clock, seconds }: MeasuringEffort,
): MeasuredTimes {
  const plain = pool.load(emitProgram(plan, options));
  const stage = new Stage(plan, memory, inputs, pool.maximumThreads);
  const kernels = regionsOf(plan.phases).flatMap((region) => region.kernels);
  const marks = new Marks(kernels.length + 1, clock);
  const marked = instantiateMarked(emitProgram(plan, { ...options, isTimed: true }), memory, marks);
  // workers may still be starting
  let threads = 1;
  const variants = [
    () => marks.during(() => marked(0, 1, stage.args)),
    () => pool.run(plain, stage.args, 1),
    () => {
      threads = pool.run(plain, stage.args, plan.isDivided ? pool.maximumThreads : 1);
    },
  ];
  try {
    const [, alone = [], together = []] = inTurns(variants, () => stage.reset(), clock, seconds);
    const runs = alone.length;
    const reading = readingSeconds(clock);
    const times = marks.times(runs, reading);
    return {
      kernels: new Map(kernels.map((kernel, i) => [kernel, at(times, i)])),
      timing: {
        runs,
        readingSeconds: reading,
        kernelSeconds: times.slice(0, -1).reduce((sum, time) => sum + time.seconds, 0),
        betweenSeconds: at(times, -1).seconds,
        alone: runsOf(alone),
        together: runsOf(together),
        threads,
      },
    };
  } finally {
    stage.free();
    pool.release(plain);
  }
}

function runsOf(seconds: readonly number[]): ExplainedRuns {
  return { median: median(seconds), fastest: Math.min(...seconds) };
}

/** Seconds of each run of each variant in the second half of the time. */
function inTurns(
  variants: readonly (() => void)[],
  prepare: () => void,
  clock: () => number,
  seconds: number,
): number[][] {
  const round = () =>
    variants.map((run) => {
      prepare();
      const started = clock();
      run();
      return (clock() - started) / 1000;
    });
  const begin = clock();
  const passed = () => (clock() - begin) / 1000;
  while (passed() < seconds / 2) round();
  const rounds: number[][] = [];
  while (passed() < seconds || rounds.length < LEAST_RUNS) rounds.push(round());
  return variants.map((_, variant) => rounds.map((taken) => at(taken, variant)));
}
