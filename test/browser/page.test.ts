import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, type OpenedPage, openPage, runInPage } from './browser.ts';
import { type Isolation, startServer, type TestServer } from './server.ts';

interface Loaded {
  readonly names: string[];
  readonly isolated: boolean;
  readonly sharedMemory: boolean;
}

describe.each<{ isolation: Isolation; shared: boolean }>([
  { isolation: 'isolated', shared: true },
  { isolation: 'open', shared: false },
])('the built package in a page ($isolation)', ({ isolation, shared }) => {
  let browser: Browser;
  let server: TestServer;
  let opened: OpenedPage;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser(), startServer(isolation)]);
    opened = await openPage(browser, server);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it('loads with every module answered and no error', async () => {
    const { names } = await runInPage<Loaded>(opened, 'load.js');
    expect(opened.problems).toEqual([]);
    expect(names).not.toEqual([]);
  });

  it("loads the browser's half of the platform and nothing of Node's", async () => {
    await runInPage<Loaded>(opened, 'load.js');
    expect(opened.requested).toContain('/dist/platform/browser.js');
    expect(opened.requested.filter((path) => /^node:|\/platform\/node/.test(path))).toEqual([]);
  });

  it('trains a network', async () => {
    const { first, last } = await runInPage<{ first: number; last: number }>(opened, 'train.js');
    expect(opened.problems).toEqual([]);
    expect(first).toBeGreaterThan(0.1);
    expect(last).toBeLessThan(0.01);
  });

  it('trains on a dataset that worker threads map', async () => {
    const { loss } = await runInPage<{ loss: number }>(opened, 'data.js');
    expect(opened.problems).toEqual([]);
    expect(loss).toBeLessThan(0.01);
  });

  it(shared ? 'has shared memory' : 'has no shared memory', async () => {
    const { isolated, sharedMemory } = await runInPage<Loaded>(opened, 'load.js');
    expect({ isolated, sharedMemory }).toEqual({ isolated: shared, sharedMemory: shared });
  });
});
