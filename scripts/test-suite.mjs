/** Runs the suite of one folder with its own vitest.config.ts: `test-suite.mjs browser|package|zoo [vitest arguments]`. */
import { runVitest } from './lib/vitest.mjs';

const [suite, ...args] = process.argv.slice(2);
const passed = runVitest({ name: suite, args: ['--config', `test/${suite}/vitest.config.ts`, ...args] });
process.exit(passed ? 0 : 1);
