import { copyFileSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { build } from 'vite';
import { inRepo } from './paths.mjs';

/** Files that threads run. They import nothing of Antler's. */
const WORKERS = ['backends/wasm/threads/worker.js', 'data/pipeline/map-worker.js', 'tuning/trial-process.js'];

/**
 * Joins the modules that the entries of package.json need into dist/node/: to find, open and link more than 300 files
 * takes Node four times as long as to read the one they make. What entries share lies in one file, `antler.js`, so that
 * all work on the same tensors; the workers are started from beside it.
 */
export async function joinModules() {
  const entries = joinedEntries();
  const sources = new Set(Object.values(entries));
  const isShared = (module) => !sources.has(module);
  await build({
    root: inRepo('.'),
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node20',
      outDir: 'dist/node',
      rolldownOptions: {
        input: entries,
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: '[name].js',
          codeSplitting: { groups: [{ name: 'antler', test: isShared }] },
        },
      },
    },
  });
  for (const worker of WORKERS)
    copyFileSync(inRepo(`dist/${worker}`), inRepo(`dist/node/${basename(worker)}`));
}

/** For each joined file of package.json's exports, by name, the module it is made of. */
function joinedEntries() {
  const { exports } = JSON.parse(readFileSync(inRepo('package.json'), 'utf8'));
  const joined = Object.values(exports).filter((entry) => entry.node);
  return Object.fromEntries(joined.map((entry) => [basename(entry.node, '.js'), inRepo(entry.default)]));
}
