import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as antler from 'antler';
import { describe, expect, it } from 'vitest';
import { readGolden } from '../support/golden.ts';

const FIXTURES = fileURLToPath(new URL('fixtures/', import.meta.url));
const OPS = fileURLToPath(new URL('../../src/ops/', import.meta.url));

/** Ops without golden values, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  variable: 'makes a container, not a value',
};

/** Functions that the package's entry exports from src/ops. */
async function exportedOps(): Promise<string[]> {
  const files = readdirSync(OPS, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  const modules = await Promise.all(files.map((name) => import(pathToFileURL(OPS + name).href)));
  const functions = new Set(modules.flatMap((module) => Object.values(module as Record<string, unknown>)));
  return Object.entries(antler)
    .filter(([, value]) => typeof value === 'function' && functions.has(value))
    .map(([name]) => name);
}

function goldenOps(): Set<string> {
  const files = readdirSync(`${FIXTURES}ops`);
  return new Set(files.flatMap((name) => readGolden<{ op: string }[]>(`ops/${name}`).map(({ op }) => op)));
}

describe('golden values', () => {
  it('exist for every op, or the reason is named', async () => {
    const golden = goldenOps();
    const ops = await exportedOps();
    expect(ops.length).toBeGreaterThan(200);
    expect(ops.filter((op) => !golden.has(op) && !EXCEPTIONS[op])).toEqual([]);
    expect(Object.keys(EXCEPTIONS).filter((op) => golden.has(op) || !ops.includes(op))).toEqual([]);
    expect([...golden].filter((op) => !ops.includes(op))).toEqual([]);
  });

  it('are those of the manifest, byte by byte', () => {
    const manifest = JSON.parse(readFileSync(`${FIXTURES}../MANIFEST.json`, 'utf8')) as {
      readonly fixtures: Readonly<Record<string, { readonly sha256: string }>>;
    };
    const files = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.replaceAll('\\', '/'));
    const hashes = files.sort().map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(FIXTURES + name))
        .digest('hex'),
    ]);
    const listed = Object.entries(manifest.fixtures).map(([name, { sha256 }]) => [name, sha256]);
    expect(Object.fromEntries(hashes), 'run npm run golden').toEqual(Object.fromEntries(listed));
  });
});
