/**
 * Rewrites the golden fixtures and their manifest: `npm run golden [name of a generator ...]`. Makes a Python
 * environment of its own under .cache/ from test/golden/generate/requirements.txt.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { inRepo } from './lib/paths.mjs';

const GENERATORS = 'test/golden/generate';
const REQUIREMENTS = `${GENERATORS}/requirements.txt`;
const ENVIRONMENT = inRepo('.cache/golden-venv');
const PYTHON = `${ENVIRONMENT}/${process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python'}`;

/** What a generator calls, and the files that generators share do not. */
const WRITES = /^\s*write\(/m;

function run(program, args) {
  const env = { ...process.env, KERAS_BACKEND: 'jax', JAX_PLATFORMS: 'cpu' };
  const { status, error } = spawnSync(program, args, { cwd: inRepo('.'), stdio: 'inherit', env });
  if (error) console.error(`${program}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

function prepareEnvironment() {
  const stamp = `${ENVIRONMENT}/installed.txt`;
  const wanted = readFileSync(inRepo(REQUIREMENTS), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  mkdirSync(inRepo('.cache'), { recursive: true });
  run(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', ENVIRONMENT]);
  run(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', REQUIREMENTS]);
  writeFileSync(stamp, wanted);
}

const generators = readdirSync(inRepo(GENERATORS), { recursive: true })
  .map((name) => name.replaceAll('\\', '/'))
  .filter(
    (name) => name.endsWith('.py') && WRITES.test(readFileSync(inRepo(`${GENERATORS}/${name}`), 'utf8')),
  )
  .sort();
const wanted = process.argv.slice(2).map((name) => name.replace(/(\.py)?$/, '.py'));
const unknown = wanted.filter((name) => !generators.includes(name));
if (unknown.length > 0) {
  console.error(`no generator ${unknown.join(', ')}; there are: ${generators.join(', ')}`);
  process.exit(2);
}
prepareEnvironment();
for (const generator of wanted.length > 0 ? wanted : generators) {
  console.log(generator);
  run(PYTHON, [`${GENERATORS}/${generator}`]);
}
