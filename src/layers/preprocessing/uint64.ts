/** Keeps the low 64 bits. */
export function wrap64(x: bigint): bigint {
  return BigInt.asUintN(64, x);
}

/** Bits moved to the right; those that fall out come in from the left. */
export function rotateRight64(x: bigint, by: bigint): bigint {
  return wrap64((x >> by) | (x << (64n - by)));
}

/** Eight bytes from an offset on, little-endian. */
export function fetch64(view: DataView, offset: number): bigint {
  return view.getBigUint64(offset, true);
}
