import { build } from 'vite';
import { inRepo } from './paths.mjs';

/**
 * Joins the modules that `import 'antler'` needs into dist/node/: to find, open and link more than 300 files takes
 * Node four times as long as to read the one they make.
 */
export async function joinModules() {
  await build({
    root: inRepo('.'),
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node20',
      outDir: 'dist/node',
      rollupOptions: {
        input: { index: inRepo('dist/index.js'), worker: inRepo('dist/backends/wasm/threads/worker.js') },
        output: { entryFileNames: '[name].js' },
      },
    },
  });
}
