import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { inRepo } from './paths.mjs';

/** Inside node_modules, so that it goes when they go; written last, so that a broken install is repeated. */
const STAMP = inRepo('node_modules/.antler-lock.sha256');

/** Runs `npm ci` when node_modules is missing or was installed from another package-lock.json. */
export function installIfStale() {
  const wanted = createHash('sha256')
    .update(readFileSync(inRepo('package-lock.json')))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  console.log('installing dependencies (npm ci) ...');
  const started = performance.now();
  npm(['ci', '--include=dev', '--include=optional', '--loglevel=error']);
  writeFileSync(STAMP, wanted);
  console.log(`installed in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** Runs npm: the one that started this script where there is one, else the one on the path. */
function npm(args) {
  const cli = process.env.npm_execpath;
  const ownNpm = cli?.endsWith('npm-cli.js');
  const { status, error } = spawnSync(ownNpm ? process.execPath : 'npm', ownNpm ? [cli, ...args] : args, {
    cwd: inRepo('.'),
    stdio: 'inherit',
    shell: !ownNpm && process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) {
    console.error(`npm ${args[0]} failed (exit ${status}); its messages are above`);
    process.exit(status ?? 1);
  }
}
