import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string): string => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

/** Unit tests run the sources as they are; nothing here needs a build or a browser. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^antler$/, replacement: source('index.ts') },
      { find: /^antler\/classic$/, replacement: source('classic/index.ts') },
      { find: /^#platform$/, replacement: source('platform/node.ts') },
    ],
  },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/browser/**', 'test/package/**', 'test/interop/**', 'test/zoo/**'],
    pool: 'forks',
    testTimeout: 60_000,
  },
});
