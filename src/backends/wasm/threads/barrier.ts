import type { FunctionSymbol } from '../encoder/code.ts';
import {
  atomic,
  brIf,
  type Code,
  call,
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
/** How long a thread sleeps before it asks again whether the others are still there. */
const SLICE_NANOSECONDS = 500_000_000n;
const EVERYBODY = 0x7fffffff;
/** What a wait gives when its time is up. */
const TIMED_OUT = 2;

/** Functions that a waiting thread calls. */
interface Waiting {
  readonly doze: FunctionSymbol;
  readonly isLost: FunctionSymbol;
}

/**
 * Adds a function `barrier(threadCount)` to a module: it returns when `threadCount` threads have called it, and what
 * they wrote before is visible to all. Alone, it returns at once and touches no memory. It traps when another thread
 * of the run is lost: within half a second after its thread has ended, or as soon as it reports a trap. However long a
 * thread works, the others wait: the main thread asks the import `env.isLost`, and the workers leave it to that.
 *
 * A central barrier with generations (Mellor-Crummey & Scott 1991, section 3.1).
 * @param controlAddress control block of the thread pool
 */
export function emitBarrier(
  module: ModuleBuilder,
  controlAddress: number,
): FunctionBuilder<readonly ['i32']> {
  const isLost = module.importFunction('env', 'isLost', [], ['i32']);
  const waiting = { isLost, doze: emitDoze(module, i32.const(controlAddress)) };
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
    ifElse(isLast, release(base), waitForGeneration(barrier, base, generation.get, waiting)),
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

function waitForGeneration(barrier: FunctionBuilder, base: Code, generation: Code, waiting: Waiting): Code {
  const spin = barrier.local('i32', 'spin');
  const isOpen = i32.ne(i32.atomicLoad(base, offset('generation')), generation);
  return [
    forRange(spin, i32.const(0), i32.const(SPINS), 1, ifElse(isOpen, returnUnlessAbandoned(base))),
    drop(i32.atomicRmwAdd(base, i32.const(1), offset('barrierSleepers'))),
    sleep(base, generation, waiting),
    drop(i32.atomicRmwSub(base, i32.const(1), offset('barrierSleepers'))),
  ];
}

function returnUnlessAbandoned(base: Code): Code {
  return [trapIfAbandoned(base), returnValue()];
}

/** Sleeps until the barrier opens, or abandons the run when a thread of it is lost. */
function sleep(base: Code, generation: Code, { doze, isLost }: Waiting): Code {
  const again = label('sleepAgain');
  return loop(again, [
    ifElse(
      i32.eq(call(doze, generation), i32.const(TIMED_OUT)),
      ifElse(call(isLost), [
        i32.atomicStore(base, i32.const(1), offset('abandoned')),
        openGeneration(base),
        unreachable,
      ]),
    ),
    brIf(again, i32.eq(i32.atomicLoad(base, offset('generation')), generation)),
  ]);
}

/** Sleeps for a slice of time unless the generation changes. A function of its own: V8 11.3 loses locals over a wait. */
function emitDoze(module: ModuleBuilder, base: Code): FunctionSymbol {
  const doze = module.function({ name: 'doze', params: ['i32'], results: ['i32'] });
  const [generation] = doze.params;
  doze.emit(atomic.wait32(base, generation.get, i64.const(SLICE_NANOSECONDS), offset('generation')));
  return doze;
}
