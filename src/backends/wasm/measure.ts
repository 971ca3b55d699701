import type { Plan } from '../../compiler/compile.ts';
import type { MeasuredTimes } from '../../compiler/explain/explain.ts';
import { regionsOf } from '../../compiler/memory/uses.ts';
import { at } from '../../util/errors.ts';
import type { MeasuringEffort } from '../backend.ts';
import { emitProgram, type ProgramOptions } from './codegen/program.ts';
import { instantiateMarked, Marks, median, readingSeconds } from './marks.ts';
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
 * Runs a program on copies of its inputs: with a reading of the clock behind every kernel, and as it is, on one thread and
 * on all. Each gets a third of the time, half of it to warm up: the engine makes its best code of what has run a while.
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
  const repeat = (run: () => void) => repeated(() => stage.reset(), run, clock, seconds / 3);
  try {
    const runs = repeat(() => marks.during(() => marked(0, 1, stage.args))).length;
    const alone = median(repeat(() => pool.run(plain, stage.args, 1)));
    const threads = plan.isDivided ? 1 + pool.readyWorkers() : 1;
    const together = threads === 1 ? alone : median(repeat(() => pool.run(plain, stage.args, threads)));
    const reading = readingSeconds(clock);
    const times = marks.times(runs, reading);
    return {
      kernels: new Map(kernels.map((kernel, i) => [kernel, at(times, i)])),
      timing: {
        runs,
        readingSeconds: reading,
        kernelSeconds: times.slice(0, -1).reduce((sum, time) => sum + time.seconds, 0),
        betweenSeconds: at(times, -1).seconds,
        aloneSeconds: alone,
        togetherSeconds: together,
        threads,
      },
    };
  } finally {
    stage.free();
    pool.release(plain);
  }
}

/** Seconds of each run in the second half of the time. */
function repeated(prepare: () => void, run: () => void, clock: () => number, seconds: number): number[] {
  const once = () => {
    prepare();
    const started = clock();
    run();
    return (clock() - started) / 1000;
  };
  const begin = clock();
  const passed = () => (clock() - begin) / 1000;
  while (passed() < seconds / 2) once();
  const taken: number[] = [];
  while (passed() < seconds || taken.length < LEAST_RUNS) taken.push(once());
  return taken;
}
