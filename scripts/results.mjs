/**
 * Measures systems and keeps what came out: `results.mjs measure [--seeds 1,2,3] [--threads N] [SYSTEM ...]` adds the
 * runs to results/SYSTEM.json as they end, `results.mjs table` writes the table of the README. Needs the built package.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { inRepo } from './lib/paths.mjs';
import { readResults, withTable } from './lib/results-table.mjs';

const MAIN = inRepo('dist/cli/main.js');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '1,2,3' },
    threads: { type: 'string', default: `${cpus().length}` },
  },
});
const [action, ...ids] = positionals;
if (action === 'measure') measure(ids, values.seeds.split(',').map(Number), Number(values.threads));
else if (action !== 'table') {
  console.error('usage: results.mjs measure [--seeds 1,2,3] [--threads N] [SYSTEM ...] | results.mjs table');
  process.exit(2);
}
const readme = inRepo('README.md');
writeFileSync(readme, withTable(readFileSync(readme, 'utf8'), readResults()));

function measure(wanted, seeds, threads) {
  mkdirSync(inRepo('results'), { recursive: true });
  const systems = antler(['list', '--json']).filter(({ status }) => status === 'works');
  for (const system of systems.filter(({ id }) => wanted.length === 0 || wanted.includes(id)))
    for (const seed of seeds) keep(system, reproduce(system.id, seed, threads));
}

function reproduce(id, seed, threads) {
  const folder = mkdtempSync(join(tmpdir(), 'antler-results-'));
  try {
    const options = ['--seed', `${seed}`, '--threads', `${threads}`, '--out', folder];
    const result = antler(['reproduce', id, ...options, '--json']);
    return { ...result, data: withoutRoot(result.data), threads, commit: git('rev-parse', 'HEAD') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Puts a run among those that were held to the same bars, in place of an earlier one with its seed. */
function keep({ id, year, title, metric, passes }, { bar, published, ...run }) {
  const file = inRepo(`results/${id}.json`);
  const earlier = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { runs: [] };
  const isComparable = earlier.bar === bar && earlier.metric === metric;
  const others = (isComparable ? earlier.runs : []).filter(({ seed }) => seed !== run.seed);
  const runs = [...others, kept(run)].sort((a, b) => a.seed - b.seed);
  const record = {
    system: id,
    year,
    title,
    metric,
    direction: passes,
    value: mean(runs.map(({ value }) => value)),
    bar,
    published,
    passed: runs.every(({ passed }) => passed),
    seeds: runs.map(({ seed }) => seed),
    seconds: mean(runs.map(({ seconds }) => seconds)),
    machine: { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, node: process.version },
    commit: run.commit,
    runs,
  };
  writeFileSync(file, `${JSON.stringify(record, undefined, 2)}\n`);
}

function kept({ seed, value, passed, seconds, threads, data, commit, findings }) {
  const rounded = Number(seconds.toFixed(1));
  return { seed, value, passed, seconds: rounded, threads, commit, data, ...(findings && { findings }) };
}

/** Paths as they are from the repository: where that lies says nothing to others. */
function withoutRoot(text) {
  return text.replaceAll(inRepo('.'), './');
}

function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function git(...words) {
  return execFileSync('git', words, { cwd: inRepo('.'), encoding: 'utf8' }).trim();
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
