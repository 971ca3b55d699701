import { fetch64, rotateRight64 as rotate, wrap64 as wrap } from './uint64.ts';

const K0 = 0xc3a5c85c97cb3127n;
const K1 = 0xb492b66fbe98f273n;
const K2 = 0x9ae16a3b2f90404fn;

type Pair = readonly [bigint, bigint];

/** The fingerprint of bytes that FarmHash defines (`farmhashna::Hash64`, Pike 2014): 64 bits, the same for ever. */
export function fingerprint64(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length <= 16) return ofUpTo16(view);
  if (bytes.length <= 32) return ofUpTo32(view);
  return bytes.length <= 64 ? ofUpTo64(view) : ofMore(view);
}

/** Two fingerprints as one, in their order: TensorFlow's `FingerprintCat64`. */
export function joinFingerprints(first: bigint, second: bigint): bigint {
  const factor = 0xc6a4a7935bd1e995n;
  const mixed = (first ^ factor ^ wrap(shiftMix(wrap(second * factor)) * factor)) * factor;
  return shiftMix(wrap(shiftMix(wrap(mixed)) * factor));
}

function shiftMix(x: bigint): bigint {
  return x ^ (x >> 47n);
}

function mix(u: bigint, v: bigint, factor: bigint): bigint {
  const a = shiftMix(wrap((u ^ v) * factor));
  return wrap(shiftMix(wrap((v ^ a) * factor)) * factor);
}

function ofUpTo16(view: DataView): bigint {
  const length = view.byteLength;
  const factor = K2 + BigInt(length) * 2n;
  if (length >= 8) {
    const a = wrap(fetch64(view, 0) + K2);
    const b = fetch64(view, length - 8);
    const c = wrap(rotate(b, 37n) * factor + a);
    return mix(c, wrap((rotate(a, 25n) + b) * factor), factor);
  }
  if (length >= 4) {
    const a = BigInt(view.getUint32(0, true));
    return mix(wrap(BigInt(length) + (a << 3n)), BigInt(view.getUint32(length - 4, true)), factor);
  }
  if (length === 0) return K2;
  const [a, b, c] = [0, length >> 1, length - 1].map((i) => BigInt(view.getUint8(i))) as [bigint, ...Pair];
  const [y, z] = [a + (b << 8n), BigInt(length) + (c << 2n)];
  return wrap(shiftMix(wrap(y * K2) ^ wrap(z * K0)) * K2);
}

function ofUpTo32(view: DataView): bigint {
  const length = view.byteLength;
  const factor = K2 + BigInt(length) * 2n;
  const a = wrap(fetch64(view, 0) * K1);
  const b = fetch64(view, 8);
  const c = wrap(fetch64(view, length - 8) * factor);
  const d = wrap(fetch64(view, length - 16) * K2);
  const first = wrap(rotate(wrap(a + b), 43n) + rotate(c, 30n) + d);
  return mix(first, wrap(a + rotate(wrap(b + K2), 18n) + c), factor);
}

function ofUpTo64(view: DataView): bigint {
  const length = view.byteLength;
  const factor = K2 + BigInt(length) * 2n;
  const a = wrap(fetch64(view, 0) * K2);
  const b = fetch64(view, 8);
  const c = wrap(fetch64(view, length - 8) * factor);
  const d = wrap(fetch64(view, length - 16) * K2);
  const y = wrap(rotate(wrap(a + b), 43n) + rotate(c, 30n) + d);
  const z = mix(y, wrap(a + rotate(wrap(b + K2), 18n) + c), factor);
  const e = wrap(fetch64(view, 16) * factor);
  const f = fetch64(view, 24);
  const g = wrap((y + fetch64(view, length - 32)) * factor);
  const h = wrap((z + fetch64(view, length - 24)) * factor);
  const first = wrap(rotate(wrap(e + f), 43n) + rotate(g, 30n) + h);
  return mix(first, wrap(e + rotate(wrap(f + a), 18n) + g), factor);
}

/** 32 bytes from an offset on, with two seeds, as two numbers. */
function ofBlock(view: DataView, offset: number, [first, second]: Pair): Pair {
  const [w, x, y, z] = [0, 8, 16, 24].map((i) => fetch64(view, offset + i)) as [bigint, bigint, ...Pair];
  const a = wrap(first + w);
  const sum = wrap(a + x + y);
  const b = wrap(rotate(wrap(second + a + z), 21n) + rotate(sum, 44n));
  return [wrap(sum + z), wrap(b + a)];
}

/** What is carried from block to block of 64 bytes. */
interface State {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
  readonly v: Pair;
  readonly w: Pair;
}

/** Takes 64 bytes in; the last time with other factors. */
function advance(
  view: DataView,
  offset: number,
  { x, y, z, v, w }: State,
  { factor, weight }: { readonly factor: bigint; readonly weight: bigint },
): State {
  const nextX =
    wrap(rotate(wrap(x + y + v[0] + fetch64(view, offset + 8)), 37n) * factor) ^ wrap(w[1] * weight);
  const turned = wrap(rotate(wrap(y + v[1] + fetch64(view, offset + 48)), 42n) * factor);
  const nextY = wrap(turned + v[0] * weight + fetch64(view, offset + 40));
  const nextZ = wrap(rotate(wrap(z + w[0]), 33n) * factor);
  return {
    x: nextZ,
    y: nextY,
    z: nextX,
    v: ofBlock(view, offset, [wrap(v[1] * factor), wrap(nextX + w[0])]),
    w: ofBlock(view, offset + 32, [wrap(nextZ + w[1]), wrap(nextY + fetch64(view, offset + 16))]),
  };
}

function ofMore(view: DataView): bigint {
  const length = view.byteLength;
  const seed = 81n;
  const y = wrap(seed * K1 + 113n);
  const z = wrap(shiftMix(wrap(y * K2 + 113n)) * K2);
  let state: State = { x: wrap(seed * K2 + fetch64(view, 0)), y, z, v: [0n, 0n], w: [0n, 0n] };
  const end = Math.floor((length - 1) / 64) * 64;
  for (let offset = 0; offset < end; offset += 64) {
    state = advance(view, offset, state, { factor: K1, weight: 1n });
  }
  const factor = wrap(K1 + ((state.z & 0xffn) << 1n));
  const first = wrap(state.w[0] + BigInt((length - 1) & 63));
  const v0 = wrap(state.v[0] + first);
  const carried: State = { ...state, v: [v0, state.v[1]], w: [wrap(first + v0), state.w[1]] };
  const last = advance(view, length - 64, carried, { factor, weight: 9n });
  const left = mix(last.v[0], last.w[0], factor) + shiftMix(last.y) * K0 + last.z;
  return mix(wrap(left), wrap(mix(last.v[1], last.w[1], factor) + last.x), factor);
}
