import { type Code, i32x4, v128 } from '../encoder/index.ts';

/** Floats of a vector. */
export const LANES = 4;
export const FLOAT_BYTES = 4;
export const VECTOR_BYTES = LANES * FLOAT_BYTES;

/** Writes the first `lanes` floats of a vector that stands in a local, and nothing behind them. */
export function storeLanes(address: Code, vector: Code, lanes: number, offset = 0): Code {
  if (lanes >= LANES) return v128.store(address, vector, offset);
  const pair = lanes & 2;
  return [
    pair ? v128.store64Lane(address, vector, 0, offset) : [],
    lanes & 1 ? v128.store32Lane(address, vector, pair, offset + pair * FLOAT_BYTES) : [],
  ];
}

/** The vector with zeros from lane `lanes` on. */
export function keepLanes(vector: Code, lanes: number): Code {
  if (lanes >= LANES) return vector;
  const mask = [0, 1, 2, 3].map((lane) => (lane < lanes ? 0xffffffff : 0));
  return v128.and(vector, i32x4.const(...mask));
}

/** Floats of vector number `vector` among the first `columns` floats. */
export function lanesOf(columns: number, vector: number): number {
  return Math.max(0, Math.min(LANES, columns - vector * LANES));
}
