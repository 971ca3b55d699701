import { spawnSync } from 'node:child_process';
import { inRepo } from './paths.mjs';

/** Runs a Node program in the repository, its output going straight to the terminal. Gives the exit status. */
export function runNode(args, { node = process.execPath } = {}) {
  const { status, signal, error } = spawnSync(node, args, { cwd: inRepo('.'), stdio: 'inherit' });
  if (error) throw error;
  if (signal) console.error(`${node} ended by ${signal}`);
  return status ?? 1;
}

/** Like `runNode`, but a failure ends this process too, with the same status. */
export function runNodeOrExit(args, options) {
  const status = runNode(args, options);
  if (status !== 0) process.exit(status);
}
