import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { invariant } from '../../src/util/errors.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built command line as a user does and waits for its end. */
export function antler(words: readonly string[], { cwd }: { cwd?: string } = {}): Promise<CliRun> {
  invariant(existsSync(MAIN), 'dist/ is not built; run npm run build');
  const child = spawn(process.execPath, [MAIN, ...words], { ...(cwd !== undefined && { cwd }) });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** The object on the last line of stdout. */
export function lastLine({ stdout }: CliRun): unknown {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}
