// @ts-check
/**
 * A worker thread of `Dataset.map`. Imports nothing of Antler's, so that the file works unchanged from the package,
 * from a bundler's output and from the sources. map-protocol.ts explains its messages.
 */

/**
 * @typedef {import('./map-protocol.ts').MapWorkerStart} MapWorkerStart
 * @typedef {import('./map-protocol.ts').MapRequest} MapRequest
 * @typedef {import('./map-protocol.ts').MapReply} MapReply
 */

/** @typedef {(element: unknown, context: unknown) => unknown} Map */

/** @returns {{ listen(listener: (message: any) => void): void, post(reply: MapReply): void }} */
function mainThread() {
  const node = typeof process === 'object' && process.versions?.node;
  const port = node ? process.getBuiltinModule('node:worker_threads').parentPort : undefined;
  if (port) {
    return {
      listen: (listener) => void port.on('message', listener),
      post: (reply) => port.postMessage(reply),
    };
  }
  return {
    listen: (listener) => globalThis.addEventListener('message', (event) => listener(event.data)),
    post: (reply) => globalThis.postMessage(reply),
  };
}

const main = mainThread();

/** @type {Promise<Map | string> | undefined} the function, or why there is none */
let loading;

/**
 * @param {MapWorkerStart} start
 * @returns {Promise<Map | string>}
 */
async function load({ module, exportName }) {
  try {
    const found = (await import(/* @vite-ignore */ module))[exportName];
    return typeof found === 'function' ? found : `${module} exports no function '${exportName}'`;
  } catch (error) {
    return textOf(error);
  }
}

/**
 * The first message says which function, all others which element.
 * @param {MapWorkerStart | MapRequest} message
 */
async function obey(message) {
  if ('module' in message) {
    loading = load(message);
    return;
  }
  const { id, element, context } = message;
  try {
    const map = await loading;
    if (typeof map === 'function') main.post({ id, result: await map(element, context) });
    else main.post({ id, error: String(map) });
  } catch (error) {
    main.post({ id, error: textOf(error) });
  }
}

/** @param {unknown} error */
function textOf(error) {
  return error instanceof Error ? error.message : String(error);
}

main.listen((message) => void obey(message));
