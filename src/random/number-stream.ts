import { int32Words, threefry2x32 } from '../primitives/random.ts';
import { AntlerValueError } from '../util/errors.ts';
import { below } from './below.ts';

type Key = readonly [high: number, low: number];

/**
 * Random numbers on the host, one after the other: the n-th is a function of the seed, the branches and n alone. For
 * data; within a model `uniform(key, ...)` and its kind do the same on the device. Threefry-2x32.
 */
export class NumberStream {
  readonly #key: Key;
  #block = 0;
  #spare: number | undefined;
  #spareNormal: number | undefined;

  /**
   * @param seed whole number in [0, 2^53)
   * @param branches whole numbers in the same range, such as an epoch and a place in it; others give independent
   *   streams
   */
  constructor(seed: number, ...branches: readonly number[]) {
    const [first, ...rest] = [seed, ...branches].map(wordsOf);
    this.#key = rest.reduce((key, counter) => threefry2x32(int32Words, key, counter), first as Key);
  }

  /** A whole number in [0, 2^32), each equally likely. */
  word(): number {
    const spare = this.#spare;
    this.#spare = undefined;
    if (spare !== undefined) return spare >>> 0;
    const [first, second] = threefry2x32(int32Words, this.#key, wordsOf(this.#block++));
    this.#spare = second;
    return first >>> 0;
  }

  /** Uniform in [0, 1), a multiple of 2^-32. */
  uniform(): number {
    return this.word() / 2 ** 32;
  }

  /** A whole number in [0, bound), each equally likely. @param bound at most 2^32 */
  below(bound: number): number {
    return below(bound, () => this.word());
  }

  /** Normal with mean 0 and deviation 1. Box and Muller 1958. */
  normal(): number {
    const spare = this.#spareNormal;
    this.#spareNormal = undefined;
    if (spare !== undefined) return spare;
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spareNormal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}

function wordsOf(value: number): Key {
  if (Number.isSafeInteger(value) && value >= 0) return [Math.floor(value / 2 ** 32) | 0, value | 0];
  throw new AntlerValueError({
    where: 'NumberStream',
    expected: 'a seed and branches that are whole numbers in [0, 2^53)',
    got: `${value}`,
  });
}
