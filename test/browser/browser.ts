import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { TestServer } from './server.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Runs as root in a container, and sends nothing anywhere by itself. */
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the Chromium of this machine. @throws if there is none: these tests are not skipped */
export function launchBrowser(): Promise<Browser> {
  const executablePath = CHROMIUM.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error(`no Chromium at ${CHROMIUM.join(', ')}; on Debian: apt-get install chromium`);
  }
  return chromium.launch({ executablePath, args: FLAGS });
}

export interface OpenedPage {
  readonly page: Page;
  /** Paths of everything the page asked the server for, in order. */
  readonly requested: readonly string[];
  /** Uncaught errors, console errors and requests that were not answered; empty when all is well. */
  readonly problems: readonly string[];
}

/** Opens the server's page in a context of its own. */
export async function openPage(browser: Browser, server: TestServer): Promise<OpenedPage> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const requested: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => void requested.push(request.url().replace(server.url, '/')));
  page.on('requestfailed', (request) => void problems.push(`not loaded: ${request.url()}`));
  page.on('pageerror', (error) => void problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(server.url);
  return { page, requested, problems };
}

/**
 * Runs a program of pages/ in the page: imports the module there and awaits its `run()`.
 * @returns what `run` gave, as a structured clone
 */
export function runInPage<Result>({ page }: OpenedPage, program: string): Promise<Result> {
  // As text: the test runner rewrites the imports of functions, which a page could not resolve.
  return page.evaluate<Result>(`import('/pages/${program}').then((module) => module.run())`);
}
