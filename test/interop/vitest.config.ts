import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

/** The real Keras and TensorFlow.js at the other end; `npm run test:interop` installs them. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^antler$/, replacement: source('index.ts') },
      { find: /^#platform$/, replacement: source('platform/node.ts') },
    ],
  },
  test: {
    include: ['test/interop/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 300_000,
  },
});
