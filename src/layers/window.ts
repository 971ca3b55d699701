/** One number for height and width, or one each. */
export type Pair = number | readonly [height: number, width: number];

/** What lies around the image: nothing, or as much as keeps its size. */
export type Padding = 'valid' | 'same';

/** Height and width of a pair. */
export function asPair(pair: Pair): [height: number, width: number] {
  return typeof pair === 'number' ? [pair, pair] : [pair[0], pair[1]];
}
