import { invariant } from '../../../util/errors.ts';

/** Immediate operands of instructions: a byte, or an array of them. */
type Immediate = number | readonly number[];

/** Unsigned LEB128 of 0 .. 2^32 - 1. */
export function unsignedLeb(value: number): Immediate {
  invariant(Number.isInteger(value) && value >= 0 && value < 2 ** 32, `immediate ${value} is not a u32`);
  if (value < 0x80) return value;
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
  return bytes;
}

/** Signed LEB128 of a 32-bit integer; 2^31 .. 2^32 - 1 stand for their two's complement. */
export function signedLeb32(value: number): Immediate {
  invariant(
    Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 32,
    `immediate ${value} is not an i32`,
  );
  if (value >= -0x40 && value < 0x40) return value & 0x7f;
  const bytes: number[] = [];
  let rest = value | 0;
  for (;;) {
    const byte = rest & 0x7f;
    rest >>= 7;
    const isLast = isLastSignedByte(rest, byte);
    bytes.push(isLast ? byte : byte | 0x80);
    if (isLast) return bytes;
  }
}

/** Signed LEB128 of a 64-bit integer, wrapped to 64 bits. */
export function signedLeb64(value: bigint): readonly number[] {
  const bytes: number[] = [];
  let rest = BigInt.asIntN(64, value);
  for (;;) {
    const byte = Number(rest & 0x7fn);
    rest >>= 7n;
    if ((rest === 0n || rest === -1n) && isLastSignedByte(Number(rest), byte)) return [...bytes, byte];
    bytes.push(byte | 0x80);
  }
}

/** True when the rest is only copies of the sign bit that `byte` already carries. */
function isLastSignedByte(rest: number, byte: number): boolean {
  return (rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0);
}

/** One vector, to write lanes to. */
const VECTOR = new DataView(new ArrayBuffer(16));

/** Little-endian bytes of lanes, whatever the byte order of the host. */
export function laneBytes<T>(
  laneWidth: number,
  values: readonly T[],
  set: (view: DataView, offset: number, value: T) => void,
): readonly number[] {
  values.forEach((value, lane) => {
    set(VECTOR, lane * laneWidth, value);
  });
  return Array.from({ length: laneWidth * values.length }, (_, i) => VECTOR.getUint8(i));
}

/** Lane number, checked against the number of lanes. */
export function laneIndex(lane: number, lanes: number): number {
  invariant(Number.isInteger(lane) && lane >= 0 && lane < lanes, `lane ${lane} of ${lanes}`);
  return lane;
}
