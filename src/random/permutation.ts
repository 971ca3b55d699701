import { int32Words, threefry2x32 } from '../primitives/random.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { below } from './below.ts';

/** Unsigned 32-bit numbers of one stream, the n-th being a function of seed, stream and n alone. */
function* wordsOf(seed: number, stream: number): Generator<number, never> {
  const key = [Math.floor(seed / 2 ** 32) | 0, seed | 0] as const;
  for (let block = 0; ; block++) {
    for (const word of threefry2x32(int32Words, key, [stream, block])) yield word >>> 0;
  }
}

/**
 * A permutation of 0 .. count - 1, each equally likely, on the host: what order to visit data in.
 * Fisher and Yates's shuffle (as Durstenfeld 1964) driven by Threefry.
 * @param seed whole number in [0, 2^53)
 * @param stream whole number below 2^32; different streams (epochs, say) give independent orders
 */
export function permutationOf(count: number, seed: number, stream = 0): Int32Array {
  if (![count, seed, stream].every((n) => Number.isSafeInteger(n) && n >= 0)) {
    throw new AntlerValueError({
      where: 'permutationOf',
      expected: 'whole numbers >= 0 for count, seed and stream',
      got: `${count}, ${seed} and ${stream}`,
    });
  }
  const order = Int32Array.from({ length: count }, (_, i) => i);
  const words = wordsOf(seed, stream);
  const nextWord = () => words.next().value;
  for (let last = count - 1; last > 0; last--) {
    const chosen = below(last + 1, nextWord);
    const moved = at(order, chosen);
    order[chosen] = at(order, last);
    order[last] = moved;
  }
  return order;
}
