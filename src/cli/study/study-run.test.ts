import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeContext } from '../../../test/support/fake-context.ts';
import { defineStudy } from '../../zoo/study.ts';
import { defineSystem, type StudiedSystem } from '../../zoo/system.ts';
import { resumeStudy, startStudy } from './start-study.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'antler-study-'));
});

afterEach(() => rm(root, { recursive: true, force: true }));

/** Counts to a number in two parts; `begun` tells which parts were worked on. */
function counting(begun: string[]): StudiedSystem {
  return defineSystem({
    id: 'counting',
    year: 1900,
    title: 'Counting',
    bar: { metric: 'sum', atLeast: 10 },
    study: defineStudy({
      data: [],
      budgetSeconds: 1,
      settings: 10,
      short: { settings: 3, bar: { metric: 'sum', atLeast: 3 } },
      async run(lab, count) {
        const halves: Float64Array[] = [];
        for (const name of ['first half', 'second half']) {
          halves.push(
            await lab.part(name, async (progress) => {
              begun.push(name);
              await progress(0.5, 'counting');
              return Float64Array.of(count / 2);
            }),
          );
        }
        const value = halves.reduce((sum, half) => sum + (half[0] ?? 0), 0);
        return {
          value,
          data: 'numbers',
          findings: [
            { name: 'even', metric: 'remainder', value: value % 2, bar: { metric: 'remainder', atMost: 0 } },
            { name: 'seed', metric: 'seed', value: lab.seed },
          ],
          figures: [{ title: 'Numbers', caption: 'All <of> them.', svg: '<svg></svg>' }],
        };
      },
    }),
  });
}

function request(system: StudiedSystem, name: string) {
  return { system, size: 'full', seed: 7, threads: 1, data: undefined, out: join(root, name) } as const;
}

describe('a study', () => {
  it('is held against its bars and fills its folder', async () => {
    const outcome = await startStudy(request(counting([]), 'whole'), fakeContext().context);
    expect(outcome).toMatchObject({
      system: 'counting',
      metric: 'sum',
      value: 10,
      bar: 10,
      passed: true,
      seed: 7,
    });
    expect(outcome?.findings.map(({ passed }) => passed)).toEqual([true, null]);
    const files = await readdir(join(root, 'whole'));
    expect(files.sort()).toEqual(['config.json', 'environment.json', 'parts', 'report.html', 'result.json']);
    const report = await readFile(join(root, 'whole', 'report.html'), 'utf8');
    expect(report).toContain('<svg></svg>');
    expect(report).toContain('All &lt;of&gt; them.');
  });

  it('is held to its own bar alone when short', async () => {
    const system = counting([]);
    const short = await startStudy({ ...request(system, 'short'), size: 'short' }, fakeContext().context);
    expect(short).toMatchObject({ value: 3, bar: 3, passed: true });
    expect(short?.findings.map(({ bar, passed }) => [bar, passed])).toEqual([
      [null, null],
      [null, null],
    ]);
  });

  it('goes on after its last whole part when Ctrl-C stopped it', async () => {
    const begun: string[] = [];
    const system = counting(begun);
    const stopped = await startStudy(request(system, 'broken'), fakeContext(/^first half/).context);
    expect(stopped).toBeUndefined();
    expect(begun).toEqual(['first half', 'second half']);
    const resumed = await resumeStudy(system, join(root, 'broken'), 1, fakeContext().context);
    expect(resumed?.value).toBe(10);
    expect(begun).toEqual(['first half', 'second half', 'second half']);
  });

  it('says which kept part is damaged, and how to mend it', async () => {
    const system = counting([]);
    const folder = join(root, 'damaged');
    await startStudy(request(system, 'damaged'), fakeContext(/^first half/).context);
    await writeFile(join(folder, 'parts', 'first-half.json'), '{"$array":');
    await expect(resumeStudy(system, folder, 1, fakeContext().context)).rejects.toThrow(
      'expected a kept result of a study, in JSON, got something else; delete the file: the part is measured again',
    );
  });

  it('refuses to go on with a finished study, and with that of another system', async () => {
    const system = counting([]);
    await startStudy(request(system, 'done'), fakeContext().context);
    const again = resumeStudy(system, join(root, 'done'), 1, fakeContext().context);
    await expect(again).rejects.toThrow('expected an interrupted run, got one that is finished');
    const other = resumeStudy({ ...system, id: 'other' }, join(root, 'done'), 1, fakeContext().context);
    await expect(other).rejects.toThrow('expected a run of other, got one of counting');
  });
});
