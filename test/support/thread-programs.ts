import {
  atomic,
  br,
  call,
  drop,
  forRange,
  i32,
  i64,
  ifElse,
  label,
  loop,
  ModuleBuilder,
  unreachable,
} from '../../src/backends/wasm/encoder/index.ts';
import { emitBarrier } from '../../src/backends/wasm/threads/barrier.ts';

/** Small programs for the thread pool: `run(threadIndex, threadCount, argsAddress)`. */

function program(controlAddress: number, shared: boolean) {
  const module = new ModuleBuilder({ memory: { minimum: 1, maximum: 65_536, shared } });
  const barrier = emitBarrier(module, controlAddress);
  const run = module.function({ name: 'run', params: ['i32', 'i32', 'i32'], export: true });
  return { module, barrier, run };
}

/** args: [numbers, count, out: their sum, 32-byte-apart partial sums]. Threads take every threadCount-th number. */
export function parallelSum(controlAddress: number, shared = true): Uint8Array<ArrayBuffer> {
  const { module, barrier, run } = program(controlAddress, shared);
  const [index, threads, args] = run.params;
  const i = run.local('i32');
  const sum = run.local('i32');
  const element = i32.load(i32.add(i32.load(args.get), i32.shl(i.get, i32.const(2))));
  const isMine = i32.eq(i32.remU(i.get, threads.get), index.get);
  const partial = (thread: typeof i) => i32.add(args.get, i32.shl(thread.get, i32.const(2)));
  run.emit(
    forRange(i, i32.const(0), i32.load(args.get, 4), 1, ifElse(isMine, sum.set(i32.add(sum.get, element)))),
    i32.store(partial(index), sum.get, 16),
    call(barrier, threads.get),
    ifElse(i32.eqz(index.get), [
      sum.set(i32.const(0)),
      forRange(i, i32.const(0), threads.get, 1, sum.set(i32.add(sum.get, i32.load(partial(i), 16)))),
      i32.store(args.get, sum.get, 8),
    ]),
    call(barrier, threads.get),
  );
  return module.encode();
}

/** args: [rounds, out: how often a thread saw another out of step, ...thread's round from word 4]. */
export function barrierRounds(controlAddress: number): Uint8Array<ArrayBuffer> {
  const { module, barrier, run } = program(controlAddress, true);
  const [index, threads, args] = run.params;
  const round = run.local('i32');
  const other = run.local('i32');
  const place = (thread: typeof index) => i32.add(args.get, i32.shl(thread.get, i32.const(2)));
  const isOutOfStep = i32.ne(i32.load(place(other), 16), round.get);
  run.emit(
    forRange(round, i32.const(0), i32.load(args.get), 1, [
      i32.store(place(index), round.get, 16),
      call(barrier, threads.get),
      forRange(
        other,
        i32.const(0),
        threads.get,
        1,
        ifElse(isOutOfStep, drop(i32.atomicRmwAdd(args.get, i32.const(1), 4))),
      ),
      call(barrier, threads.get),
    ]),
  );
  return module.encode();
}

/** The last thread never reaches the barrier. */
export function standStill(controlAddress: number): Uint8Array<ArrayBuffer> {
  const { module, barrier, run } = program(controlAddress, true);
  const [index, threads] = run.params;
  const forever = label();
  const isLast = i32.eq(i32.add(index.get, i32.const(1)), threads.get);
  run.emit(ifElse(isLast, loop(forever, br(forever))), call(barrier, threads.get));
  return module.encode();
}

/** args: [out: 1, written by the last thread, which takes its time before it does]. */
export function slowWorker(controlAddress: number, seconds: number): Uint8Array<ArrayBuffer> {
  const { module, barrier, run } = program(controlAddress, true);
  const [index, threads, args] = run.params;
  const isLast = i32.eq(i32.add(index.get, i32.const(1)), threads.get);
  const pause = module.function({ name: 'pause', params: ['i32'] });
  const nanoseconds = i64.const(BigInt(seconds) * 1_000_000_000n);
  pause.emit(drop(atomic.wait32(pause.params[0].get, i32.const(0), nanoseconds)));
  run.emit(
    i32.store(args.get, i32.const(0)),
    call(barrier, threads.get),
    ifElse(isLast, [call(pause, args.get), i32.store(args.get, i32.const(1))]),
    call(barrier, threads.get),
  );
  return module.encode();
}

/** Thread 1 traps while the others wait for it. */
export function trapOnWorker(controlAddress: number): Uint8Array<ArrayBuffer> {
  const { module, barrier, run } = program(controlAddress, true);
  const [index, threads] = run.params;
  run.emit(ifElse(i32.eq(index.get, i32.const(1)), unreachable), call(barrier, threads.get));
  return module.encode();
}
