/**
 * Rewrites the golden fixtures and their manifest: `npm run golden [name of a generator ...]`. Makes a Python
 * environment of its own under .cache/ from test/golden/generate/requirements.txt.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { inRepo } from './lib/paths.mjs';
import { preparePython, runProgram } from './lib/python.mjs';

const GENERATORS = 'test/golden/generate';
const REQUIREMENTS = `${GENERATORS}/requirements.txt`;

/** What a generator calls, and the files that generators share do not. */
const WRITES = /^\s*write\(/m;

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
const python = preparePython('golden-venv', REQUIREMENTS);
for (const generator of wanted.length > 0 ? wanted : generators) {
  console.log(generator);
  runProgram(python, [`${GENERATORS}/${generator}`]);
}
