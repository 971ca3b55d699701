import { readFileSync } from 'node:fs';
import { layers } from 'antler';
import { expect, it } from 'vitest';

const page = readFileSync(new URL('../../docs/layers.md', import.meta.url), 'utf8');

it('the page on layers tells of every layer once, and of no other', () => {
  const rows = [...page.matchAll(/^\| (`.*?) \|/gm)].map(([, names = '']) => names);
  const told = rows.flatMap((names) => [...names.matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
  expect(told.sort()).toEqual(Object.keys(layers).sort());
});
