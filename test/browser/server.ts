import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the server gives: the built package, the programs that the tests run in the page, and what Vite made of some. */
const FOLDERS: Readonly<Record<string, string>> = {
  dist: fileURLToPath(new URL('../../dist', import.meta.url)),
  pages: fileURLToPath(new URL('./pages', import.meta.url)),
  bundles: fileURLToPath(new URL('../../.cache/bundles', import.meta.url)),
};

/** Does in a page without a bundler what package.json does for Node and for bundlers. */
const PAGE = `<!doctype html>
<title>Antler</title>
<link rel="icon" href="data:,">
<script type="importmap">
{
  "imports": {
    "antler": "/dist/index.js",
    "antler/classic": "/dist/classic/index.js",
    "#platform": "/dist/platform/browser.js"
  }
}
</script>
`;

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.map': 'application/json',
};

/** Whether the page may have shared memory: with both headers yes, without them no. */
export type Isolation = 'isolated' | 'open';

export interface TestServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a page that can import 'antler' from dist/, to this machine only. */
export async function startServer(isolation: Isolation): Promise<TestServer> {
  const server = createServer((request, response) => void answer(request, response, isolation));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((closed, failed) => {
        server.close((error) => (error ? failed(error) : closed()));
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  isolation: Isolation,
): Promise<void> {
  if (isolation === 'isolated') {
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
  }
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname === '/') {
    response.setHeader('Content-Type', 'text/html').end(PAGE);
    return;
  }
  const bytes = await readServed(pathname);
  if (!bytes) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader('Content-Type', TYPES[extname(pathname)] ?? 'application/octet-stream').end(bytes);
}

async function readServed(pathname: string): Promise<Uint8Array | undefined> {
  const [, name = '', ...rest] = pathname.split('/');
  const folder = FOLDERS[name];
  if (folder === undefined) return undefined;
  const path = resolve(folder, ...rest);
  return path.startsWith(folder + sep) ? readFile(path).catch(() => undefined) : undefined;
}
