import { invariant } from '../util/errors.ts';

/** The order 0 .. count - 1. */
export function naturalOrder(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, index) => index);
}

/**
 * A permutation of 0 .. count - 1, each equally likely (Fisher and Yates, as Durstenfeld 1964).
 * @param nextUint32 independent uniform integers in 0 .. 2^32 - 1; the same numbers give the same order
 */
export function shuffledOrder(count: number, nextUint32: () => number): Int32Array {
  const order = naturalOrder(count);
  for (let last = count - 1; last > 0; last--) {
    const chosen = uniformBelow(last + 1, nextUint32);
    const value = order[last] as number;
    order[last] = order[chosen] as number;
    order[chosen] = value;
  }
  return order;
}

/** Uniform in 0 .. bound - 1: numbers above the last whole multiple of `bound` are drawn again. */
function uniformBelow(bound: number, nextUint32: () => number): number {
  invariant(bound > 0 && bound <= 2 ** 32, `cannot draw below ${bound}`);
  const accepted = 2 ** 32 - (2 ** 32 % bound);
  for (;;) {
    const drawn = nextUint32();
    if (drawn < accepted) return drawn % bound;
  }
}
