import type { KernelTime } from '../../compiler/explain/kernels.ts';
import { at, invariant } from '../../util/errors.ts';
import { median } from '../../util/median.ts';
import { call, forRange, i32, ModuleBuilder } from './encoder/index.ts';
import type { EngineMemory } from './memory.ts';

/** Readings of the clock at the marks of a program: what passed since the mark before is the marked place's. */
export class Marks {
  readonly #places: number;
  readonly #clock: () => number;
  readonly #history: { readonly milliseconds: Float64Array; readonly calls: Int32Array }[] = [];
  #milliseconds = new Float64Array();
  #calls = new Int32Array();
  #last = 0;

  /** @param places marks are numbered below it; the last is for what belongs to none */
  constructor(places: number, clock: () => number) {
    this.#places = places;
    this.#clock = clock;
  }

  /** The import `env.mark`. */
  readonly mark = (place: number): void => {
    const now = this.#clock();
    this.#milliseconds[place] = at(this.#milliseconds, place) + now - this.#last;
    this.#calls[place] = at(this.#calls, place) + 1;
    this.#last = now;
  };

  /** Keeps the readings of one run. */
  during(run: () => void): void {
    this.#milliseconds = new Float64Array(this.#places);
    this.#calls = new Int32Array(this.#places);
    this.#last = this.#clock();
    run();
    this.mark(this.#places - 1);
    this.#history.push({ milliseconds: this.#milliseconds, calls: this.#calls });
  }

  /** Medians of the last runs, less what the readings themselves took. */
  times(runs: number, reading: number): KernelTime[] {
    const recent = this.#history.slice(-runs);
    const { calls } = at(recent, -1);
    return Array.from({ length: this.#places }, (_, place) => {
      const measured = median(recent.map(({ milliseconds }) => at(milliseconds, place))) / 1000;
      return { seconds: Math.max(0, measured - reading * at(calls, place)), calls: at(calls, place) };
    });
  }
}

/** The `run` of a module that imports marks. */
export function instantiateMarked(
  bytes: Uint8Array<ArrayBuffer>,
  memory: EngineMemory,
  { mark }: Marks,
): (thread: number, threads: number, args: number) => void {
  const module = new WebAssembly.Module(bytes);
  const { exports } = new WebAssembly.Instance(module, {
    env: { memory: memory.wasm, mark, isLost: () => 0 },
  });
  const { run } = exports;
  invariant(typeof run === 'function', 'a program exports run');
  return run as (thread: number, threads: number, args: number) => void;
}

/** Marks in a row to find out what one takes. */
const TRIALS = 1000;

/** What a mark takes: the call out of the module and the reading of the clock. */
export function readingSeconds(clock: () => number): number {
  const module = new ModuleBuilder();
  const mark = module.importFunction('env', 'mark', ['i32']);
  const trial = module.function({ name: 'trial', export: true });
  const count = trial.local('i32');
  trial.emit(forRange(count, i32.const(0), i32.const(TRIALS), 1, call(mark, i32.const(0))));
  const marks = new Marks(2, clock);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.encode()), {
    env: { mark: marks.mark },
  });
  const run = exports.trial as () => void;
  for (let round = 0; round < 20; round++) marks.during(run);
  return at(marks.times(10, 0), 0).seconds / TRIALS;
}
