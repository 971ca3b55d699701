import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { suites } from '../../src/cli/bench/suites/index.ts';
import { antler, lastLine } from './run-cli.ts';

/** As little work as there can be: every case of every suite runs, none is measured well. */
const TINY = ['--alone', '--rounds', '1', '--round-ms', '1'];

interface Result {
  readonly machine: { readonly cores: number };
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: readonly { readonly name: string; readonly value: number; readonly peer: string | null }[];
}

describe('antler bench', () => {
  it.each(suites.map(({ name }) => name))('runs the suite %s', async (name) => {
    const run = await antler(['bench', '--suite', name, ...TINY, '--json']);
    expect(run.code, run.stderr).toBe(0);
    const { machine, versions, rows } = lastLine(run) as Result;
    expect(machine.cores).toBeGreaterThan(0);
    expect(versions.node).toBe(process.versions.node);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row.value).toBeGreaterThan(0);
      expect(row.peer).toBeNull();
    }
  });

  it('writes JSON and a plot', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'antler-bench-'));
    const run = await antler(['bench', '--suite', 'tiny', ...TINY, '--out', folder]);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toMatch(/^xor step +2 +\d+\.\d+\.\d+ +[\d,.]+ µs/m);
    const report = JSON.parse(await readFile(join(folder, 'tiny.json'), 'utf8')) as Result;
    expect(report.rows.map(({ name }) => name)).toEqual(['xor step', 'xor step']);
    expect(await readFile(join(folder, 'tiny.svg'), 'utf8')).toContain('<svg');
    await rm(folder, { recursive: true });
  });

  it('knows its suites', async () => {
    const run = await antler(['bench', '--suite', 'lennet']);
    expect(run).toMatchObject({
      code: 2,
      stderr: "antler: --suite: expected the name of a suite, got 'lennet'; did you mean 'lenet'?\n",
    });
  });
});
