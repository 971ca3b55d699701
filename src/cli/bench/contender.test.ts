import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invariant } from '../../util/errors.ts';
import { open, run, startContender } from './contender.ts';
import type { Places } from './programs.ts';

/** Speaks the protocol; knows `sum` only, and fails at 13. */
const PEER = `
import { createInterface } from 'node:readline';
const say = (line) => console.log(JSON.stringify(line));
say({ hello: { versions: { peer: process.argv.at(-1) }, unfair: 'it sleeps' } });
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if (request.do === 'open') say(request.case === 'sum' ? { ready: true } : { refused: 'sums only' });
  else say(request.iterations === 13 ? { failed: 'unlucky' } : { seconds: request.iterations / 2 });
}`;

let places: Places;

beforeAll(async () => {
  const peers = await mkdtemp(join(tmpdir(), 'antler-peers-'));
  await writeFile(join(peers, 'tfjs.mjs'), PEER);
  await writeFile(join(peers, 'onnxruntime.mjs'), `console.log('{"missing":"onnxruntime-node"}')`);
  places = { peers, node: process.execPath, currentNode: undefined };
});

afterAll(() => rm(places.peers ?? '', { recursive: true }));

describe('startContender', () => {
  it('starts a program with its threads and hears its introduction', async () => {
    const contender = await startContender('tfjs-cpu', 2, places);
    invariant('process' in contender, 'the program starts');
    expect(contender.introduction).toEqual({ versions: { peer: '2' }, unfair: 'it sleeps' });
    expect(await open(contender, { do: 'open', case: 'sum', parameters: {} })).toBeUndefined();
    expect(await run(contender, 8)).toBe(4);
    expect(await open(contender, { do: 'open', case: 'product', parameters: {} })).toBe('sums only');
    await expect(run(contender, 13)).rejects.toThrow('unlucky');
    await contender.process.close();
  });

  it('says how to install what is not there', async () => {
    expect(await startContender('onnxruntime', 2, places)).toEqual({
      missing: 'not installed (onnxruntime-node): npm run bench:peers',
    });
    expect(await startContender('jax-js', 2, places)).toEqual({
      missing: 'not installed (Node 24): npm run bench:peers',
    });
  });

  it('says that an installed package has no peers', async () => {
    expect(await startContender('tfjs-wasm', 2, { ...places, peers: undefined })).toEqual({
      missing: 'peers are measured only in a checkout of Antler',
    });
  });
});
