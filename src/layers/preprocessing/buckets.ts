import { fingerprint64 } from './fingerprint.ts';
import { sipHash64 } from './sip-hash.ts';

/** A key for hashes that nobody can foresee: two whole numbers. */
export type Salt = number | readonly [number, number];

/** The bucket, of so many, that a text falls into: by FarmHash, or by SipHash with a salt. As TensorFlow. */
export function bucketOf(text: string, buckets: number, salt: Salt | null): number {
  const bytes = new TextEncoder().encode(text);
  const hash =
    salt === null ? fingerprint64(bytes) : sipHash64(bytes, typeof salt === 'number' ? [salt, salt] : salt);
  return Number(hash % BigInt(buckets));
}
