import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { cacheFolder, resolvePackageFile } from './folders.ts';
import { cores, environment, sha256 } from './machine.ts';

afterEach(() => vi.unstubAllEnvs());

describe('environment', () => {
  it('tells the facts of this machine', () => {
    const facts = environment();
    expect(facts).toMatchObject({ runtime: 'node', version: process.versions.node, cores: cores() });
    expect(cores()).toBeGreaterThanOrEqual(1);
    expect(facts.memoryBytes).toBeGreaterThan(2 ** 20);
  });
});

describe('sha256', () => {
  it('knows the answers of FIPS 180-4', async () => {
    expect(await sha256(new TextEncoder().encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(await sha256(new Uint8Array())).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });
});

describe('cacheFolder', () => {
  it('follows XDG_CACHE_HOME, else lies in the home folder', () => {
    vi.stubEnv('XDG_CACHE_HOME', '/somewhere');
    expect(cacheFolder()).toBe(join('/somewhere', 'antler'));
    vi.stubEnv('XDG_CACHE_HOME', '');
    expect(cacheFolder()).toMatch(/\.cache.antler$/);
  });
});

describe('resolvePackageFile', () => {
  it('finds a file of an installed package without loading the package', () => {
    expect(resolvePackageFile('vitest', 'package.json')).toMatch(/node_modules.vitest.package\.json$/);
    expect(resolvePackageFile('vitest', 'no-such-file')).toBeUndefined();
    expect(resolvePackageFile('no-such-package', 'package.json')).toBeUndefined();
  });

  it('searches above the given module too', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'antler-packages-'));
    const file = join(folder, 'node_modules', '@scope', 'data', 'file');
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, '');
    const module = pathToFileURL(join(folder, 'deep', 'inside', 'module.js')).href;
    expect(resolvePackageFile('@scope/data', 'file', module)).toBe(file);
    await rm(folder, { recursive: true });
  });
});
