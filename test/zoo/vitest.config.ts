import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

/** The short form of every experiment, on a slice of the real data: too long for each `npm test`. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^antler$/, replacement: source('index.ts') },
      { find: /^#platform$/, replacement: source('platform/node.ts') },
    ],
  },
  test: {
    include: ['test/zoo/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 120_000,
  },
});
