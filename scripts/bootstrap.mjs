/**
 * Makes a fresh clone ready: checks Node, installs what package-lock.json names, builds dist/.
 * Needs nothing but Node, and does nothing when everything is up to date.
 */
import { requireSupportedNode } from './lib/node-version.mjs';

requireSupportedNode();
// Imported late: an old Node must reach the message above before it meets syntax it cannot read.
const { installIfStale } = await import('./lib/install.mjs');
const { buildIfStale } = await import('./lib/build.mjs');
installIfStale();
await buildIfStale();
