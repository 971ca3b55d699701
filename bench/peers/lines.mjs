/** The benchmark's line protocol (src/cli/bench/protocol.ts) for a peer in JavaScript. */

import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

// Libraries print banners; stdout belongs to the protocol.
console.log = console.error;
console.info = console.error;
console.warn = console.error;

/** How many threads to use: the last argument. */
export const threads = Number(process.argv.at(-1));

function say(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** Imports a peer's package, or tells that it is not installed and ends. */
export async function load(name) {
  try {
    return await import(name);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    say({ missing: name });
    process.exit(0);
  }
}

/** The version of a package of this folder. */
export function versionOf(name) {
  const file = new URL(`node_modules/${name}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).version;
}

/** A round that repeats a step and returns its seconds. `finish` is waited for within the time. */
export function timed(step, finish = () => undefined) {
  return async (iterations) => {
    const started = performance.now();
    for (let i = 0; i < iterations; i++) {
      const pending = step();
      if (pending instanceof Promise) await pending;
    }
    await finish();
    return (performance.now() - started) / 1000;
  };
}

/** Values in [-1, 1) that look random and are the same every time. */
export function filler(length) {
  return Float32Array.from({ length }, (_, i) => (((i + 1) * 2_654_435_761) % 65_536) / 32_768 - 1);
}

/**
 * Answers requests until stdin ends.
 * @param versions by name
 * @param cases by kind of work, a function of its parameters that gives a round: iterations to seconds
 */
export async function serve(versions, cases) {
  say({ hello: { versions } });
  let round;
  const answer = async (request) => {
    if (request.do === 'run') return { seconds: await round(request.iterations) };
    const open = cases[request.case];
    if (!open) return { refused: `does not do ${request.case}` };
    round = await open(request.parameters);
    return { ready: true };
  };
  for await (const line of createInterface({ input: process.stdin })) {
    say(await answer(JSON.parse(line)).catch((error) => ({ failed: String(error) })));
  }
  process.exit(0);
}
