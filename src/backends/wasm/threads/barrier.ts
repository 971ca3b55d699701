import {
  atomic,
  brIf,
  type Code,
  drop,
  type FunctionBuilder,
  forRange,
  i32,
  i64,
  ifElse,
  label,
  loop,
  type ModuleBuilder,
  returnValue,
  unreachable,
} from '../encoder/index.ts';
import { CONTROL } from './protocol.ts';

/** Reads of the generation before a thread goes to sleep: some 20 microseconds, less than a sleep costs. */
const SPINS = 50_000;
/** How long a thread sleeps at a time, and how many times without anybody arriving before it gives the others up. */
const SLICE_NANOSECONDS = 500_000_000n;
const SLICES = 8;
const EVERYBODY = 0x7fffffff;

/**
 * Adds a function `barrier(threadCount)` to a module: it returns when `threadCount` threads have called it, and what
 * they wrote before is visible to all. Alone, it returns at once and touches no memory. It traps when another thread
 * of the run is lost: after 4 s in which no thread arrived, or as soon as a thread reports a trap.
 *
 * A central barrier with generations (Mellor-Crummey & Scott 1991, section 3.1).
 * @param controlAddress control block of the thread pool
 */
export function emitBarrier(
  module: ModuleBuilder,
  controlAddress: number,
): FunctionBuilder<readonly ['i32']> {
  const barrier = module.function({ name: 'barrier', params: ['i32'] });
  const [threadCount] = barrier.params;
  const generation = barrier.local('i32', 'generation');
  const base = i32.const(controlAddress);
  const isLast = i32.eq(
    i32.add(i32.atomicRmwAdd(base, i32.const(1), offset('arrivals')), i32.const(1)),
    threadCount.get,
  );
  barrier.emit(
    ifElse(i32.leS(threadCount.get, i32.const(1)), returnValue()),
    // In this order: a run abandoned after the check has another generation, and nobody waits for it.
    generation.set(i32.atomicLoad(base, offset('generation'))),
    trapIfAbandoned(base),
    ifElse(isLast, release(base), waitForGeneration(barrier, base, generation.get)),
    trapIfAbandoned(base),
  );
  return barrier;
}

function offset(word: keyof typeof CONTROL): number {
  return 4 * CONTROL[word];
}

function trapIfAbandoned(base: Code): Code {
  return ifElse(i32.atomicLoad(base, offset('abandoned')), unreachable);
}

/** The last thread opens the barrier. */
function release(base: Code): Code {
  return [i32.atomicStore(base, i32.const(0), offset('arrivals')), openGeneration(base)];
}

function openGeneration(base: Code): Code {
  return [
    drop(i32.atomicRmwAdd(base, i32.const(1), offset('generation'))),
    ifElse(
      i32.atomicLoad(base, offset('barrierSleepers')),
      drop(atomic.notify(base, i32.const(EVERYBODY), offset('generation'))),
    ),
  ];
}

function waitForGeneration(barrier: FunctionBuilder, base: Code, generation: Code): Code {
  const spin = barrier.local('i32', 'spin');
  const isOpen = i32.ne(i32.atomicLoad(base, offset('generation')), generation);
  return [
    forRange(spin, i32.const(0), i32.const(SPINS), 1, ifElse(isOpen, returnUnlessAbandoned(base))),
    drop(i32.atomicRmwAdd(base, i32.const(1), offset('barrierSleepers'))),
    sleep(barrier, base, generation),
    drop(i32.atomicRmwSub(base, i32.const(1), offset('barrierSleepers'))),
  ];
}

function returnUnlessAbandoned(base: Code): Code {
  return [trapIfAbandoned(base), returnValue()];
}

/** Sleeps until the barrier opens; counts slices in which no thread arrived, and abandons the run after too many. */
function sleep(barrier: FunctionBuilder, base: Code, generation: Code): Code {
  const idle = barrier.local('i32', 'idleSlices');
  const seen = barrier.local('i32', 'arrivalsSeen');
  const arrivals = barrier.local('i32', 'arrivals');
  const again = label('sleepAgain');
  const timedOut = i32.eq(
    atomic.wait32(base, generation, i64.const(SLICE_NANOSECONDS), offset('generation')),
    i32.const(2),
  );
  return loop(again, [
    ifElse(timedOut, [
      arrivals.set(i32.atomicLoad(base, offset('arrivals'))),
      ifElse(i32.eq(arrivals.get, seen.get), idle.set(i32.add(idle.get, i32.const(1))), [
        seen.set(arrivals.get),
        idle.set(i32.const(0)),
      ]),
      ifElse(i32.geS(idle.get, i32.const(SLICES)), [
        i32.atomicStore(base, i32.const(1), offset('abandoned')),
        openGeneration(base),
        unreachable,
      ]),
    ]),
    brIf(again, i32.eq(i32.atomicLoad(base, offset('generation')), generation)),
  ]);
}
