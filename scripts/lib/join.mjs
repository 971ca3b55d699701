import { copyFileSync } from 'node:fs';
import { basename } from 'node:path';
import { build } from 'vite';
import { inRepo } from './paths.mjs';

/** Files that threads run. They import nothing of Antler's. */
const WORKERS = ['backends/wasm/threads/worker.js', 'data/pipeline/map-worker.js'];

/**
 * Joins the modules that `import 'antler'` needs into dist/node/index.js: to find, open and link more than 300 files
 * takes Node four times as long as to read the one they make. The workers are started from beside it, so that all that
 * starts them must stay in this one file.
 */
export async function joinModules() {
  await build({
    root: inRepo('.'),
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: inRepo('dist/index.js'),
      target: 'node20',
      outDir: 'dist/node',
      rolldownOptions: { output: { entryFileNames: 'index.js', codeSplitting: false } },
    },
  });
  for (const worker of WORKERS)
    copyFileSync(inRepo(`dist/${worker}`), inRepo(`dist/node/${basename(worker)}`));
}
