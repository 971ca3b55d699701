import { watch } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../src/io/checkpoint.ts';
import { permutationOf } from '../../src/random/permutation.ts';
import { at } from '../../src/util/errors.ts';
import { Child } from './child.ts';

/** Kills of each training: the whole suite of .ci/run has 50, and 100 inside a write. */
const KILLS = Number(env.ANTLER_KILLS ?? 6);
const KILLS_INSIDE_WRITES = 2 * KILLS;

/** Milliseconds of training after which a process is killed at the latest. */
const LONGEST = 150;

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antler-kill-'));
  path = join(folder, 'checkpoint.safetensors');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Trains to the end. @returns the SHA-256 of the weights */
async function train(model: string): Promise<string> {
  const { lines } = await new Child('killed-training.js', [model, path]).ended();
  return lines.at(-1) ?? '';
}

describe('a training that is killed again and again', () => {
  it.each(['mlp', 'cnn', 'lstm'])(
    'ends with the weights of one that was not: %s',
    async (model) => {
      const expected = await train(model);
      expect(expected).toMatch(/^[0-9a-f]{64}$/);
      const moments = permutationOf(LONGEST, model.length);
      for (let kills = 0, tries = 0; kills < KILLS; tries++) {
        const child = new Child('killed-training.js', [model, path]);
        await child.begun();
        await wait(at(moments, tries % LONGEST));
        child.kill();
        const { wasKilled, lines } = await child.ended();
        if (wasKilled) kills++;
        else expect(lines.at(-1)).toBe(expected);
      }
      expect(await train(model)).toBe(expected);
      expect(await readdir(folder)).toEqual([]);
    },
    300_000,
  );
});

describe('a process that is killed while it writes a checkpoint', () => {
  it('loses none that was saved', async () => {
    let saved = 0;
    for (let kills = 0; kills < KILLS_INSIDE_WRITES; ) {
      const last = await killInsideWrite(saved + 1);
      const unfinished = (await readdir(folder)).filter((name) => name.endsWith('.tmp'));
      const { arrays, state } = await readCheckpoint(path);
      const { number } = state as { number: number };
      expect(number).toBeGreaterThanOrEqual(Math.max(saved, last));
      expect(new Set(arrays[0]?.data)).toEqual(new Set([number]));
      saved = number;
      if (unfinished.length > 0) kills++;
      for (const name of unfinished) await rm(join(folder, name));
    }
  }, 300_000);
});

/** Kills a writer when its second file begins. @returns the number of the last checkpoint it knows it has saved */
async function killInsideWrite(first: number): Promise<number> {
  const child = new Child('killed-writer.js', [path, `${first}`]);
  await child.begun();
  const watcher = watch(folder, (_event, name) => {
    if (name?.endsWith('.tmp')) child.kill();
  });
  const { lines } = await child.ended();
  watcher.close();
  return Number(lines.at(-1));
}
