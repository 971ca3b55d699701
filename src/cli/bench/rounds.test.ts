import { describe, expect, it } from 'vitest';
import { AntlerResourceError } from '../../util/errors.ts';
import { measureInTurns, type Runner } from './rounds.ts';

const EFFORT = { rounds: 5, roundSeconds: 1 };

/** A program whose iteration takes so many seconds, by its own account; notes its name in the log at every request. */
function pretend(name: string, seconds: number, log: string[] = []): Runner {
  return {
    mayFail: true,
    run: async (iterations) => {
      log.push(`${name}${iterations}`);
      return seconds * iterations;
    },
  };
}

describe('measureInTurns', () => {
  it('fills rounds with iterations and lets the sides alternate', async () => {
    const log: string[] = [];
    const outcomes = await measureInTurns([pretend('a', 0.25, log), pretend('b', 2, log)], {
      rounds: 2,
      roundSeconds: 1,
    });
    expect(log).toEqual(['a1', 'a1', 'a5', 'b1', 'b1', 'a4', 'b1', 'a4', 'b1']);
    expect(outcomes).toEqual([
      { rounds: [0.25, 0.25], failure: undefined },
      { rounds: [2, 2], failure: undefined },
    ]);
  });

  it('does not take the first iteration, which compiles, for all of them', async () => {
    const asked: number[] = [];
    const run = async (iterations: number) => {
      asked.push(iterations);
      return asked.length === 1 ? 5 : 0.01 * iterations;
    };
    await measureInTurns([{ mayFail: true, run }], { rounds: 1, roundSeconds: 1 });
    expect(asked.at(-1)).toBe(100);
  });

  it('warms fast programs up before each round', async () => {
    const log: string[] = [];
    await measureInTurns([pretend('a', 0.01, log)], { rounds: 1, roundSeconds: 1 });
    expect(log.slice(-2)).toEqual(['a10', 'a100']);
  });

  it('gives a slow program fewer rounds, but three', async () => {
    const [slow, fast] = await measureInTurns([pretend('a', 15), pretend('b', 0.5)], EFFORT);
    expect(slow?.rounds).toHaveLength(3);
    expect(fast?.rounds).toHaveLength(5);
  });

  it('goes on without one that fails and may', async () => {
    const error = new AntlerResourceError({ where: 'peer', expected: 'an answer', got: 'none' });
    const failing: Runner = { mayFail: true, run: () => Promise.reject(error) };
    const outcomes = await measureInTurns([failing, pretend('b', 1)], EFFORT);
    expect(outcomes).toMatchObject([
      { rounds: undefined, failure: 'peer: expected an answer, got none' },
      { rounds: [1, 1, 1, 1, 1] },
    ]);
    await expect(measureInTurns([{ ...failing, mayFail: false }], EFFORT)).rejects.toBe(error);
  });
});
