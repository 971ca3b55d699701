import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AntlerValueError } from '../util/errors.ts';
import {
  choice,
  gridSearch,
  hyperband,
  hyperbandBrackets,
  integer,
  logUniform,
  randomSearch,
  type Search,
  successiveHalving,
  tpe,
  tune,
  uniform,
} from './index.ts';

const space = { x: uniform({ min: -2, max: 3 }), rate: logUniform({ min: 1e-4, max: 1 }) };

/** Smallest, 0, at x = 1 and rate = 0.01. */
const bowl = ({ x, rate }: { x: number; rate: number }) => (x - 1) ** 2 + Math.log10(rate / 0.01) ** 2;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antler-tuning-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a parameter', () => {
  it('maps the unit interval to its values and back', () => {
    const parameters = [space.x, space.rate, integer({ min: 2, max: 9 }), choice(['a', 'b', 'c'])];
    for (const parameter of parameters) {
      for (const place of [0, 0.2, 0.5, 0.99]) {
        const value = parameter.at(place);
        expect(parameter.at(parameter.placeOf(value as never)), parameter.description).toSatisfy(
          (again: unknown) => again === value || Math.abs(Number(again) - Number(value)) < 1e-9,
        );
      }
    }
    expect([integer({ min: 2, max: 9 }).at(0), integer({ min: 2, max: 9 }).at(0.999)]).toEqual([2, 9]);
    expect(space.rate.at(0.5)).toBeCloseTo(0.01, 10);
  });

  it('refuses ranges that are none', () => {
    expect(() => uniform({ min: 1, max: 1 })).toThrow(
      'uniform: expected finite numbers with min < max, got 1 .. 1',
    );
    expect(() => logUniform({ min: 0, max: 1 })).toThrow('logUniform: expected min > 0, got 0; use uniform');
    expect(() => integer({ min: 0.5, max: 2 })).toThrow('integer: expected whole numbers with min <= max');
    expect(() => choice([])).toThrow('choice: expected at least one value, each once, got []');
  });
});

describe('Hyperband', () => {
  it('has the brackets of the paper for R = 81, eta = 3', () => {
    const first = hyperbandBrackets({ maxBudget: 81, eta: 3 }).map(([rung]) => rung);
    expect(first.map((rung) => rung?.trials)).toEqual([81, 34, 15, 8, 5]);
    expect(first.map((rung) => rung?.budget)).toEqual([1, 3, 9, 27, 81]);
    const boldest = hyperbandBrackets()[0] ?? [];
    expect(boldest.map(({ trials }) => trials)).toEqual([81, 27, 9, 3, 1]);
    expect(boldest.map(({ budget }) => budget)).toEqual([1, 3, 9, 27, 81]);
  });

  it('lets the best go on with more', async () => {
    const spent: number[] = [];
    const { best, trials } = await tune({
      space,
      search: successiveHalving({ maxBudget: 9, eta: 3 }),
      objective: (values, { budget = 0 }) => {
        spent.push(budget);
        return bowl(values) + 1 / budget;
      },
    });
    expect(spent).toEqual([...new Array(9).fill(1), 3, 3, 3, 9]);
    const firstRung = trials.slice(0, 9).map(({ values, value }) => ({ values, value: value ?? 0 }));
    const winner = firstRung.sort((a, b) => a.value - b.value)[0];
    expect(best.values).toEqual(winner?.values);
  });

  it('runs every bracket, and ends', async () => {
    const search = hyperband({ maxBudget: 9, eta: 3 });
    const { trials } = await tune({ space, search, objective: bowl, trials: 1000 });
    expect(trials).toHaveLength(9 + 3 + 1 + 5 + 1 + 3);
  });
});

describe('a search', () => {
  it('by grid tries every combination once', async () => {
    const small = { layers: choice([1, 2, 3]), activation: choice(['tanh', 'relu']) };
    const objective = () => 0;
    const { trials } = await tune({ space: small, search: gridSearch(), objective });
    expect(trials.map(({ values }) => `${values.layers} ${values.activation}`)).toEqual([
      '1 tanh',
      '1 relu',
      '2 tanh',
      '2 relu',
      '3 tanh',
      '3 relu',
    ]);
  });

  it('is the same for the same seed only', async () => {
    const run = async (search: Search, seed: number) =>
      (await tune({ space, search, seed, objective: bowl, trials: 15 })).trials.map(({ value }) => value);
    for (const search of [randomSearch(), tpe()]) {
      expect(await run(search, 1)).toEqual(await run(search, 1));
      expect(await run(search, 1)).not.toEqual(await run(search, 2));
    }
  });

  it('by a model finds more than by chance', async () => {
    const value = async (search: Search, seed: number) =>
      (await tune({ space, search, seed, objective: bowl, trials: 40 })).best.value;
    const seeds = Array.from({ length: 20 }, (_, seed) => seed);
    const wins = await Promise.all(
      seeds.map(async (seed) => (await value(tpe(), seed)) < (await value(randomSearch(), seed))),
    );
    expect(wins.filter(Boolean).length).toBeGreaterThanOrEqual(15);
  });

  it('makes large where asked to', async () => {
    const options = { space, objective: bowl, search: randomSearch(), trials: 20 } as const;
    const [smallest, largest] = [await tune(options), await tune({ ...options, direction: 'maximize' })];
    const values = smallest.trials.map(({ value }) => value ?? 0);
    expect([smallest.best.value, largest.best.value]).toEqual([Math.min(...values), Math.max(...values)]);
  });
});

describe('a search that was stopped', () => {
  it('goes on as if it had not been', async () => {
    const options = { space, objective: bowl, search: tpe(), seed: 3 } as const;
    const whole = await tune({ ...options, trials: 20 });
    await tune({ ...options, trials: 12, folder });
    await appendFile(join(folder, 'trials.jsonl'), '{"number":12,"val'); // the process ended here
    const resumed = await tune({ ...options, trials: 20, folder });
    expect(resumed.trials.map(({ value }) => value)).toEqual(whole.trials.map(({ value }) => value));
  });

  it('is not taken for another', async () => {
    await tune({ space, objective: bowl, trials: 2, folder });
    const other = { ...space, x: uniform({ min: 0, max: 1 }) };
    const again = tune({ space: other, objective: bowl, trials: 4, folder });
    await expect(again).rejects.toThrow('go on with the same settings, or choose another folder');
    expect((await readFile(join(folder, 'trials.jsonl'), 'utf8')).split('\n')).toHaveLength(3);
  });

  it('says which line is damaged', async () => {
    await tune({ space, objective: bowl, trials: 2, folder });
    await writeFile(join(folder, 'trials.jsonl'), '{"number":0}\n');
    await expect(tune({ space, objective: bowl, trials: 2, folder })).rejects.toThrow(
      'trials.jsonl, line 1: expected a finished trial in JSON',
    );
  });
});

describe('trials in processes of their own', () => {
  const module = async (code: string) => {
    const file = join(folder, 'objective.mjs');
    await writeFile(file, code);
    return { module: pathToFileURL(file) };
  };

  it('give what a function gives', async () => {
    const objective = await module(
      'export const objective = ({ x }, { number }) => (x - 1) ** 2 + 0 * number;',
    );
    const options = { space: { x: space.x }, search: randomSearch(), trials: 4, parallel: 2 };
    const there = await tune({ ...options, objective });
    const here = await tune({ ...options, objective: ({ x }) => (x - 1) ** 2 });
    expect(there.best).toEqual(here.best);
  });

  it('may die or throw without ending the search', async () => {
    const objective = await module(
      'export const objective = ({ kind }) => { if (kind === "dies") process.exit(3); if (kind === "throws") throw new Error("no"); return 1; };',
    );
    const kinds = { kind: choice(['works', 'dies', 'throws']) };
    const { best, trials } = await tune({ space: kinds, search: gridSearch(), objective });
    expect(best.values.kind).toBe('works');
    expect(trials.map(({ error }) => error)).toEqual([
      undefined,
      'its process ended (code 3) without an answer',
      'no',
    ]);
  });
});

describe('a search in which every trial fails', () => {
  it('says so with the first reason', async () => {
    const objective = () => Number.NaN;
    await expect(tune({ space, objective, trials: 3 })).rejects.toThrow(
      'tune: expected a trial that succeeds, got 3 that failed, the first: the objective returned NaN, not a finite number',
    );
  });

  it('needs something to search in', async () => {
    await expect(tune({ space: {}, objective: () => 0 })).rejects.toThrow(AntlerValueError);
    await expect(tune({ space, objective: bowl, trials: 0 })).rejects.toThrow(
      'trials: a whole number of at least 1',
    );
  });
});
