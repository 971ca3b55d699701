import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRepo } from './paths.mjs';
import { runNodeOrExit } from './run.mjs';

const STAMP = inRepo('.cache/dist.sha256');
const SETTINGS = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];

/** Builds dist/ with tsc when a source or a setting differs from what dist/ was built from. */
export async function buildIfStale() {
  const wanted = fingerprint();
  if (existsSync(inRepo('dist')) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  await build(wanted);
}

/** Builds dist/ from nothing, so that no output of a deleted source stays behind. */
export async function build(sources = fingerprint()) {
  console.log('building dist/ (tsc) ...');
  const started = performance.now();
  rmSync(STAMP, { force: true });
  rmSync(inRepo('dist'), { recursive: true, force: true });
  runNodeOrExit([inRepo('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json']);
  // Imported late: on a fresh clone its packages are installed only just before.
  const { joinModules } = await import('./join.mjs');
  await joinModules();
  mkdirSync(inRepo('.cache'), { recursive: true });
  writeFileSync(STAMP, sources);
  console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** Hash of all that tsc reads: contents rather than times, which a checkout or a deletion would fool. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const file of [...SETTINGS, ...sourceFiles()]) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(inRepo(file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function sourceFiles() {
  return readdirSync(inRepo('src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[jt]s$/.test(entry.name) && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(inRepo('.').length))
    .sort();
}
