import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRepo } from './paths.mjs';

/**
 * Runs `npm ci` in a folder of the repository when its node_modules is missing or was installed from another
 * package-lock.json. The stamp lies inside node_modules, so that it goes with it, and is written last, so that
 * a broken install is repeated.
 */
export function installIfStale(folder = '.') {
  const stamp = inRepo(`${folder}/node_modules/.antler-lock.sha256`);
  const lock = readFileSync(inRepo(`${folder}/package-lock.json`));
  const wanted = createHash('sha256').update(lock).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log(`installing what ${join(folder, 'package-lock.json')} names (npm ci) ...`);
  const started = performance.now();
  npm(['ci', '--include=dev', '--loglevel=error'], inRepo(folder));
  writeFileSync(stamp, wanted);
  console.log(`installed in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** Runs npm: the one that started this script where there is one, else the one on the path. */
function npm(args, folder) {
  const cli = process.env.npm_execpath;
  const ownNpm = cli?.endsWith('npm-cli.js');
  const { status, error } = spawnSync(ownNpm ? process.execPath : 'npm', ownNpm ? [cli, ...args] : args, {
    cwd: folder,
    stdio: 'inherit',
    shell: !ownNpm && process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) {
    console.error(`npm ${args[0]} failed (exit ${status}); its messages are above`);
    process.exit(status ?? 1);
  }
}
