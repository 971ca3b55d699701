import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { inRepo } from './paths.mjs';

const isWindows = process.platform === 'win32';

/** Runs a program in the repository, its output going straight to the terminal; a failure ends this process too. */
export function runProgram(program, args) {
  const env = { ...process.env, KERAS_BACKEND: 'jax', JAX_PLATFORMS: 'cpu' };
  const { status, error } = spawnSync(program, args, { cwd: inRepo('.'), stdio: 'inherit', env });
  if (error) console.error(`${program}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * Makes a Python environment under .cache/ unless it is there with these very packages.
 * @param name of its folder
 * @param requirements path of the list of packages
 * @returns the path of its Python
 */
export function preparePython(name, requirements) {
  const environment = inRepo(`.cache/${name}`);
  const python = `${environment}/${isWindows ? 'Scripts/python.exe' : 'bin/python'}`;
  const stamp = `${environment}/installed.txt`;
  const wanted = readFileSync(inRepo(requirements), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  mkdirSync(inRepo('.cache'), { recursive: true });
  runProgram(isWindows ? 'python' : 'python3', ['-m', 'venv', environment]);
  runProgram(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  writeFileSync(stamp, wanted);
  return python;
}
