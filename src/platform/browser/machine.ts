import { AntlerResourceError } from '../../util/errors.ts';
import type { Environment } from '../types.ts';

/** See `Platform.cores`. */
export function cores(): number {
  return Math.max(1, navigator.hardwareConcurrency || 1);
}

/** See `Platform.environment`. */
export function environment(): Environment {
  const memoryGibibytes = (navigator as { readonly deviceMemory?: number }).deviceMemory;
  return {
    runtime: 'browser',
    version: navigator.userAgent,
    platform: 'browser',
    architecture: 'wasm32',
    cpu: undefined,
    cores: cores(),
    memoryBytes: memoryGibibytes === undefined ? undefined : memoryGibibytes * 2 ** 30,
  };
}

/** See `Platform.sha256`. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) {
    throw new AntlerResourceError({
      where: 'sha256',
      expected: 'a secure page (https or localhost)',
      got: 'a page without crypto.subtle',
    });
  }
  const digest = await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
