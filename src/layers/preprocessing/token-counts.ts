/** How often tokens occur, and in how many documents. */
export class TokenCounts<Token extends string | number> {
  readonly #counts = new Map<Token, number>();
  readonly #documentCounts = new Map<Token, number>();
  #documents = 0;

  /** Takes the tokens of one document in. */
  add(document: readonly Token[]): void {
    this.#documents++;
    for (const token of document) increment(this.#counts, token);
    for (const token of new Set(document)) increment(this.#documentCounts, token);
  }

  /** All tokens but some, the most frequent first; of equally many the last in the alphabet, as Keras has them. */
  ranked(except: readonly (Token | null)[]): Token[] {
    return [...this.#counts]
      .filter(([token]) => !except.includes(token))
      .sort(([a, m], [b, n]) => n - m || compareTokens(b, a))
      .map(([token]) => token);
  }

  /** ln(1 + documents / (1 + documents with the token)). */
  inverseDocumentFrequency(token: Token): number {
    return Math.log(1 + this.#documents / (1 + (this.#documentCounts.get(token) ?? 0)));
  }
}

function increment<Token>(counts: Map<Token, number>, token: Token): void {
  counts.set(token, (counts.get(token) ?? 0) + 1);
}

/** Numbers by size; texts by their code points, which is also the order of their bytes in UTF-8. */
function compareTokens(a: string | number, b: string | number): number {
  if (typeof a === 'number' || typeof b === 'number') return Number(a) - Number(b);
  const [left, right] = [Array.from(a), Array.from(b)];
  const place = left.findIndex((letter, i) => letter !== right[i]);
  if (place < 0) return left.length - right.length;
  return (left[place]?.codePointAt(0) ?? -1) - (right[place]?.codePointAt(0) ?? -1);
}
