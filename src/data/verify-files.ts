import { sha256 } from '#platform';
import { AntlerDataError } from '../util/errors.ts';
import type { FileBytes } from './idx-dataset-definition.ts';

/**
 * Files on the user's disk are the user's; the network, and what was kept of it, is not trusted.
 * @throws AntlerDataError if the bytes have another SHA-256
 */
export async function requireSha256(
  { file, bytes }: FileBytes,
  expected: string,
  fix: string,
): Promise<void> {
  const got = await sha256(bytes);
  if (got === expected) return;
  throw new AntlerDataError({ where: file, expected: `SHA-256 ${expected} (inflated)`, got, fix });
}
