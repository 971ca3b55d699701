import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { inRepo } from './paths.mjs';
import { runNode } from './run.mjs';

/**
 * Runs a suite once and closes with the plain line `N passed, N failed`.
 * @param name names the report file under .cache/
 * @param args given to vitest, for instance `--config FILE` or a path to narrow the run to
 * @param node the Node that runs the suite
 * @returns whether all of it passed
 */
export function runVitest({ name, args = [], node = process.execPath }) {
  const report = inRepo(`.cache/tests-${name}.json`);
  mkdirSync(inRepo('.cache'), { recursive: true });
  rmSync(report, { force: true });
  const vitest = inRepo('node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = runNode([vitest, 'run', ...reporters, ...args], { node });
  console.log(countsLine(JSON.parse(readFileSync(report, 'utf8'))));
  return status === 0;
}

/** A file that does not load counts as one failure: none of its tests ran, and none may be taken as passed. */
function countsLine({ numPassedTests, numFailedTests, numPendingTests, testResults }) {
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
  return `${numPassedTests} passed, ${numFailedTests + broken.length} failed${skipped}`;
}
