import { sha256 } from '#platform';
import { damagedFile } from '../util/damaged-file.ts';
import { invariant } from '../util/errors.ts';
import { formatExactJson, type Json, parseExactJson } from '../util/exact-json.ts';
import { decodeSafetensors } from './safetensors-decode.ts';
import { encodeSafetensors } from './safetensors-encode.ts';
import { LENGTH_BYTES, METADATA_KEY, type NamedArray } from './safetensors-format.ts';

/** A training that was saved where it stood. */
export interface Checkpoint {
  readonly arrays: readonly NamedArray[];
  /** Everything that is no array. */
  readonly state: Json;
}

const DIGEST_KEY = 'antler.sha256';
const STATE_KEY = 'antler.state';
const DIGEST_DIGITS = 64;
const BLANK = '0'.repeat(DIGEST_DIGITS);

/** Every checkpoint goes on with this after the header's length, so the digest has the same place in all of them. */
const BEGINNING = new TextEncoder().encode(`{"${METADATA_KEY}":{"${DIGEST_KEY}":"`);
const DIGEST_OFFSET = LENGTH_BYTES + BEGINNING.length;

/**
 * Writes a checkpoint: a safetensors file whose first metadata is the SHA-256 of the whole file with zeros in that
 * place, so that no byte is unguarded and any safetensors reader opens it.
 */
export async function encodeCheckpoint({ arrays, state }: Checkpoint): Promise<Uint8Array> {
  const metadata = new Map([
    [DIGEST_KEY, BLANK],
    [STATE_KEY, formatExactJson(state)],
  ]);
  const bytes = encodeSafetensors({ arrays, metadata });
  invariant(beginsAsCheckpoint(bytes), 'the digest comes first in the header');
  bytes.set(new TextEncoder().encode(await sha256(bytes)), DIGEST_OFFSET);
  return bytes;
}

/**
 * Reads a checkpoint. Its checksum is compared before anything else is looked at.
 * @param file named in errors
 * @throws AntlerDataError if it is another file, or one byte of it is missing or not what was written
 */
export async function decodeCheckpoint(bytes: Uint8Array, file: string): Promise<Checkpoint> {
  await requireDigest(bytes, file);
  const { arrays, metadata } = decodeSafetensors(bytes, file);
  const state = parseExactJson(metadata.get(STATE_KEY) ?? '');
  if (state !== undefined) return { arrays, state };
  throw damagedFile({ file, offset: LENGTH_BYTES, expected: `JSON in ${STATE_KEY}`, got: 'something else' });
}

async function requireDigest(bytes: Uint8Array, file: string): Promise<void> {
  const end = DIGEST_OFFSET + DIGEST_DIGITS;
  if (bytes.length < end || !beginsAsCheckpoint(bytes)) {
    throw damagedFile({
      file,
      offset: LENGTH_BYTES,
      expected: 'a checkpoint',
      got: 'another file, or its beginning is damaged',
    });
  }
  const stored = new TextDecoder().decode(bytes.subarray(DIGEST_OFFSET, end));
  const unsigned = bytes.slice().fill(BLANK.charCodeAt(0), DIGEST_OFFSET, end);
  const digest = await sha256(unsigned);
  if (digest === stored) return;
  throw damagedFile({
    file,
    offset: DIGEST_OFFSET,
    expected: `the bytes with the SHA-256 ${stored}`,
    got: `others, with ${digest}`,
    fix: 'the file is damaged: go on from an earlier checkpoint',
  });
}

function beginsAsCheckpoint(bytes: Uint8Array): boolean {
  return BEGINNING.every((byte, i) => bytes[LENGTH_BYTES + i] === byte);
}
