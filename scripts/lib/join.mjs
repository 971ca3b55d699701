import { copyFileSync } from 'node:fs';
import { build } from 'vite';
import { inRepo } from './paths.mjs';

/**
 * Joins the modules that `import 'antler'` needs into dist/node/index.js: to find, open and link more than 300 files
 * takes Node four times as long as to read the one they make. The worker, which imports nothing, is started from beside
 * it, so that all that starts it must stay in this one file.
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
  copyFileSync(inRepo('dist/backends/wasm/threads/worker.js'), inRepo('dist/node/worker.js'));
}
