import { fetch64, rotateRight64, wrap64 as wrap } from './uint64.ts';

type State = [bigint, bigint, bigint, bigint];

/** SipHash-2-4 of bytes under a key of two numbers (Aumasson, Bernstein 2012): 64 bits. */
export function sipHash64(bytes: Uint8Array, key: readonly [number, number]): bigint {
  const [k0, k1] = key.map((part) => wrap(BigInt(part))) as [bigint, bigint];
  let state: State = [
    k0 ^ 0x736f6d6570736575n,
    k1 ^ 0x646f72616e646f6dn,
    k0 ^ 0x6c7967656e657261n,
    k1 ^ 0x7465646279746573n,
  ];
  for (const word of wordsOf(bytes)) {
    state[3] ^= word;
    state = rounds(state, 2);
    state[0] ^= word;
  }
  state[2] ^= 0xffn;
  return rounds(state, 4).reduce((a, b) => a ^ b);
}

/** Eight bytes each, filled up with zeros; the last byte of all is the length. */
function wordsOf(bytes: Uint8Array): bigint[] {
  const padded = new Uint8Array(Math.floor(bytes.length / 8) * 8 + 8);
  padded.set(bytes);
  padded[padded.length - 1] = bytes.length & 0xff;
  const view = new DataView(padded.buffer);
  return Array.from({ length: padded.length / 8 }, (_, i) => fetch64(view, i * 8));
}

function rotateLeft(x: bigint, by: bigint): bigint {
  return rotateRight64(x, 64n - by);
}

function rounds(state: State, count: number): State {
  let [a, b, c, d] = state;
  for (let i = 0; i < count; i++) {
    a = wrap(a + b);
    c = wrap(c + d);
    b = rotateLeft(b, 13n) ^ a;
    d = rotateLeft(d, 16n) ^ c;
    a = rotateLeft(a, 32n);
    c = wrap(c + b);
    a = wrap(a + d);
    b = rotateLeft(b, 17n) ^ c;
    d = rotateLeft(d, 21n) ^ a;
    c = rotateLeft(c, 32n);
  }
  return [a, b, c, d];
}
