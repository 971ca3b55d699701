import { describe, expect, it } from 'vitest';
import { Output } from '../terminal/output.ts';
import { untilInterrupted } from './interrupt.ts';

/** A process whose Ctrl-C the test presses. */
function fakeHost() {
  const listeners = new Set<() => void>();
  const quits: number[] = [];
  return {
    host: {
      now: () => 0,
      elapsed: () => 0,
      residentBytes: () => 0,
      onInterrupt(listener: () => void) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      quit(code: number): never {
        quits.push(code);
        throw new Error('the process ended');
      },
    },
    listeners,
    quits,
    press: () => {
      for (const listener of listeners) listener();
    },
  };
}

const silent = { write: () => true };
const out = new Output({ stdout: silent, stderr: silent, json: false, colour: false });

describe('untilInterrupted', () => {
  it('lets work go to its end', async () => {
    const { host, listeners } = fakeHost();
    expect(await untilInterrupted(host, out, async () => undefined)).toBe(true);
    expect(listeners.size).toBe(0);
  });

  it('asks work to stop at the first Ctrl-C', async () => {
    const { host, press, quits } = fakeHost();
    const isComplete = await untilInterrupted(host, out, async (signal) => {
      expect(signal.aborted).toBe(false);
      press();
      expect(signal.aborted).toBe(true);
    });
    expect({ isComplete, quits }).toEqual({ isComplete: false, quits: [] });
  });

  it('ends the process at the second', async () => {
    const { host, press, quits, listeners } = fakeHost();
    const work = untilInterrupted(host, out, async () => {
      press();
      press();
    });
    await expect(work).rejects.toThrow('the process ended');
    expect(quits).toEqual([130]);
    expect(listeners.size).toBe(0);
  });
});
