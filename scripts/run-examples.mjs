/** Compiles examples/ against the built package, as a user would, and runs each; one that fails fails the run. */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { inRepo } from './lib/paths.mjs';
import { runNodeOrExit } from './lib/run.mjs';

const OUTPUT = inRepo('.cache/examples');
const LIMIT_SECONDS = 300;

rmSync(OUTPUT, { recursive: true, force: true });
runNodeOrExit([inRepo('node_modules/typescript/bin/tsc'), '-p', 'examples/tsconfig.json']);
const names = readdirSync(inRepo('examples'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));
const failed = names.filter((name) => !runs(name));
console.log(`examples: ${names.length - failed.length} passed, ${failed.length} failed`);
process.exit(failed.length > 0 || names.length === 0 ? 1 : 0);

function runs(name) {
  console.log(`\nexamples/${name}.ts`);
  const started = performance.now();
  const { status, signal, error } = spawnSync(process.execPath, [`${OUTPUT}/${name}.js`], {
    cwd: inRepo('.'),
    stdio: 'inherit',
    timeout: LIMIT_SECONDS * 1000,
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const passed = status === 0;
  console.log(
    passed ? `ok, ${seconds} s` : `failed after ${seconds} s: ${error ?? signal ?? `exit ${status}`}`,
  );
  return passed;
}
