/**
 * A whole number in [0, bound), each equally likely: words above the last whole multiple of the bound are drawn again.
 * @param bound at most 2^32
 * @param word draws a whole number in [0, 2^32)
 */
export function below(bound: number, word: () => number): number {
  const accepted = 2 ** 32 - (2 ** 32 % bound);
  for (;;) {
    const drawn = word();
    if (drawn < accepted) return drawn % bound;
  }
}
