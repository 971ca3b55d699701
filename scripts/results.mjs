/**
 * Measures systems and keeps what came out: `results.mjs measure [--seeds 1,2,3] [SYSTEM ...]` writes
 * results/SYSTEM.json, `results.mjs table` the table of the README. Needs the built package.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inRepo } from './lib/paths.mjs';
import { readResults, withTable } from './lib/results-table.mjs';

const MAIN = inRepo('dist/cli/main.js');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seeds: { type: 'string', default: '1,2,3' } },
});
const [action, ...ids] = positionals;
if (action === 'measure') measure(ids, values.seeds.split(',').map(Number));
else if (action !== 'table') {
  console.error('usage: results.mjs measure [--seeds 1,2,3] [SYSTEM ...] | results.mjs table');
  process.exit(2);
}
const readme = inRepo('README.md');
writeFileSync(readme, withTable(readFileSync(readme, 'utf8'), readResults()));

function measure(wanted, seeds) {
  const systems = antler(['list', '--json']).filter(({ status }) => status === 'works');
  for (const system of systems) {
    if (wanted.length > 0 && !wanted.includes(system.id)) continue;
    const runs = seeds.map((seed) => reproduce(system.id, seed));
    mkdirSync(inRepo('results'), { recursive: true });
    writeFileSync(
      inRepo(`results/${system.id}.json`),
      `${JSON.stringify(record(system, runs), undefined, 2)}\n`,
    );
  }
}

function reproduce(id, seed) {
  const folder = mkdtempSync(join(tmpdir(), 'antler-results-'));
  try {
    return antler(['reproduce', id, '--seed', `${seed}`, '--out', folder, '--json']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function record({ id, year, title, metric, passes }, runs) {
  return {
    system: id,
    year,
    title,
    metric,
    direction: passes,
    value: runs.reduce((sum, { value }) => sum + value, 0) / runs.length,
    bar: runs[0].bar,
    published: runs[0].published,
    passed: runs.every(({ passed }) => passed),
    runs: runs.map(({ seed, value, passed, seconds, data, findings }) => ({
      seed,
      value,
      passed,
      seconds: Number(seconds.toFixed(1)),
      data,
      ...(findings && { findings }),
    })),
    commit: execFileSync('git', ['rev-parse', 'HEAD'], { cwd: inRepo('.'), encoding: 'utf8' }).trim(),
    machine: { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
  };
}

/** The object on the last line; a missed bar (1) is a result too. */
function antler(words) {
  const { status, stdout } = spawnSync(process.execPath, [MAIN, ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 26,
  });
  if (status !== 0 && status !== 1) throw new Error(`antler ${words.join(' ')} ended with ${status}`);
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}
