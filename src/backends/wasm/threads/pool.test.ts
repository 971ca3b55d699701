import { afterEach, describe, expect, it } from 'vitest';
import {
  barrierRounds,
  parallelSum,
  slowWorker,
  standStill,
  trapOnWorker,
} from '../../../../test/support/thread-programs.ts';
import { adoptWorker, Worker } from '../../../platform/node.ts';
import type { PlatformWorker } from '../../../platform/types.ts';
import { AntlerInternalError, AntlerResourceError } from '../../../util/errors.ts';
import { EngineMemory } from '../memory.ts';
import { ThreadPool } from './pool.ts';
import { spawnWorker } from './pool-worker.ts';

const COUNT = 1000;
const EXPECTED_SUM = (COUNT * (COUNT + 1)) / 2;
/** Longer than any thread sleeps in a barrier before it looks around. */
const BUSY_SECONDS = 5;
const pools: ThreadPool[] = [];

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.shutdown()));
});

/** A pool, the raw threads it has started, and a way to sum 1 .. COUNT on it. */
function createPool(workers: number, { shared = true } = {}) {
  const memory = new EngineMemory({ shared, maximumBytes: 2 ** 28 });
  const threads: PlatformWorker[] = [];
  const spawn = (data: unknown) => {
    const thread = spawnWorker(data);
    threads.push(thread);
    return thread;
  };
  const pool = new ThreadPool(memory, { workers, spawn });
  pools.push(pool);
  const summing = pool.load(parallelSum(pool.controlAddress, memory.shared));
  const numbers = memory.alloc(4 * COUNT);
  memory.int32(numbers, COUNT).set(Array.from({ length: COUNT }, (_, index) => index + 1));
  const args = memory.alloc(64);
  const sum = (limit?: number) => {
    memory.int32(args, 16).fill(0).set([numbers, COUNT]);
    const used = pool.run(summing, args, limit);
    return { used, sum: memory.int32(args, 3)[2] };
  };
  return { memory, pool, threads, sum };
}

async function untilReady(pool: ThreadPool, workers: number): Promise<void> {
  while (pool.readyWorkers() < workers) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('ThreadPool', () => {
  it('gives the same sum on one, two and three threads', async () => {
    const { pool, sum } = createPool(2);
    expect(sum(1)).toEqual({ used: 1, sum: EXPECTED_SUM });
    await untilReady(pool, 2);
    for (const threads of [1, 2, 3]) expect(sum(threads)).toEqual({ used: threads, sum: EXPECTED_SUM });
    for (let round = 0; round < 200; round++) expect(sum()).toEqual({ used: 3, sum: EXPECTED_SUM });
  });

  it('runs at once, before its workers are up', () => {
    const { sum } = createPool(2);
    expect(sum().sum).toBe(EXPECTED_SUM);
  });

  it('runs on unshared memory without workers', () => {
    const { pool, threads, sum } = createPool(3, { shared: false });
    expect(pool.maximumThreads).toBe(1);
    expect(sum()).toEqual({ used: 1, sum: EXPECTED_SUM });
    expect(threads).toEqual([]);
  });

  it('starts no worker for a program of one thread', () => {
    const memory = new EngineMemory({ shared: true, maximumBytes: 2 ** 28 });
    const pool = new ThreadPool(memory, {
      workers: 2,
      spawn: () => {
        throw new AntlerInternalError('a worker was started');
      },
    });
    const bytesBefore = memory.bytesInUse;
    const program = pool.load(parallelSum(pool.controlAddress, true), 1);
    const args = memory.alloc(64);
    memory.int32(args, 16).fill(0);
    expect(pool.run(program, args, 1)).toBe(1);
    memory.free(args);
    pool.release(program);
    expect(memory.bytesInUse).toBe(bytesBefore);
  });

  it('gives programs loaded late, moved by growth or put in the place of another to all workers', async () => {
    const { memory, pool, sum } = createPool(1);
    await untilReady(pool, 1);
    const first = pool.load(parallelSum(pool.controlAddress, memory.shared));
    pool.release(first);
    memory.alloc(64 * 2 ** 20);
    const rounds = pool.load(barrierRounds(pool.controlAddress));
    expect(rounds.place).toBe(first.place);
    expect(memory.capacityBytes).toBeGreaterThan(64 * 2 ** 20);
    const args = memory.alloc(256);
    memory.int32(args, 64).fill(0).set([100]);
    expect(pool.run(rounds, args)).toBe(2);
    expect(memory.int32(args, 2)[1]).toBe(0);
    expect(sum()).toEqual({ used: 2, sum: EXPECTED_SUM });
  });

  it.each([
    { threads: 2, rounds: 50_000 },
    { threads: 3, rounds: 2_000 },
  ])('keeps $threads threads in step for twice $rounds barriers', async ({ threads, rounds }) => {
    const { memory, pool } = createPool(threads - 1);
    const program = pool.load(barrierRounds(pool.controlAddress));
    const args = memory.alloc(256);
    memory.int32(args, 64).fill(0).set([rounds]);
    await untilReady(pool, threads - 1);
    expect(pool.run(program, args)).toBe(threads);
    const [, outOfStep] = memory.int32(args, 2);
    expect(outOfStep).toBe(0);
  });
});

describe('ThreadPool after the loss of a worker', () => {
  it('uses one thread fewer when a worker ended between runs', async () => {
    const { pool, threads, sum } = createPool(2);
    await untilReady(pool, 2);
    await threads[0]?.terminate();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(pool.readyWorkers()).toBe(1);
    expect(sum()).toEqual({ used: 2, sum: EXPECTED_SUM });
  });

  it('ends the run in which a worker dies with an error or the right sum, and goes on', async () => {
    const { pool, threads, sum } = createPool(2);
    await untilReady(pool, 2);
    const ending = threads[1]?.terminate();
    let outcome: unknown;
    try {
      outcome = sum().sum;
    } catch (error) {
      outcome = error;
    }
    if (outcome !== EXPECTED_SUM) expect(outcome).toBeInstanceOf(AntlerResourceError);
    await ending;
    await untilReady(pool, 1);
    expect(sum()).toEqual({ used: 2, sum: EXPECTED_SUM });
  });

  it('waits for a worker that is busy for seconds', async () => {
    const { memory, pool } = createPool(2);
    const program = pool.load(slowWorker(pool.controlAddress, BUSY_SECONDS));
    await untilReady(pool, 2);
    const args = memory.alloc(64);
    expect(pool.run(program, args)).toBe(3);
    expect(memory.int32(args, 1)[0]).toBe(1);
  });

  it('ends the run of a worker that was ended in the midst of it within 1 s, and names the loss', async () => {
    const { memory, pool, threads, sum } = createPool(2);
    const program = pool.load(standStill(pool.controlAddress));
    await untilReady(pool, 2);
    const ending = threads[1]?.terminate();
    expect(() => pool.run(program, memory.alloc(64))).toThrow(
      'worker threads: expected 2 workers that take part in the run to its end, got a worker that ended',
    );
    await ending;
    await untilReady(pool, 1);
    expect(sum()).toEqual({ used: 2, sum: EXPECTED_SUM });
  });

  it('reports a trap on a worker as a bug, at once, and keeps all workers', async () => {
    const { memory, pool, sum } = createPool(2);
    const program = pool.load(trapOnWorker(pool.controlAddress));
    await untilReady(pool, 2);
    expect(() => pool.run(program, memory.alloc(64))).toThrow(AntlerInternalError);
    expect(sum()).toEqual({ used: 3, sum: EXPECTED_SUM });
  });

  it('survives workers that never start', async () => {
    const memory = new EngineMemory({ shared: true, maximumBytes: 2 ** 28 });
    const spawn = (data: unknown) =>
      adoptWorker(new Worker(new URL('./missing.js', import.meta.url), { type: 'module' }), data);
    const pool = new ThreadPool(memory, { workers: 1, spawn });
    pools.push(pool);
    const program = pool.load(parallelSum(pool.controlAddress, memory.shared));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(pool.readyWorkers()).toBe(0);
    const args = memory.alloc(64);
    memory.int32(args, 16).fill(0);
    expect(pool.run(program, args)).toBe(1);
  });
});
