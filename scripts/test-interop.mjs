/**
 * Exchanges models with the real Keras and TensorFlow.js: `npm run test:interop [vitest arguments]`. Installs both, Keras in
 * a Python environment under .cache/.
 */
import { installIfStale } from './lib/install.mjs';
import { preparePython } from './lib/python.mjs';
import { runVitest } from './lib/vitest.mjs';

installIfStale('test/interop/peer');
process.env.ANTLER_INTEROP_PYTHON = preparePython('interop-venv', 'test/interop/peer/requirements.txt');
const args = ['--config', 'test/interop/vitest.config.ts', ...process.argv.slice(2)];
process.exit(runVitest({ name: 'interop', args }) ? 0 : 1);
