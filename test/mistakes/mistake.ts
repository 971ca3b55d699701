/** A short program with a mistake in it, and the one sentence that must answer it. */
export interface Mistake {
  /** What the user did. */
  readonly mistake: string;
  /** Does it, and throws; or prints a hint, where the mistake is legal. */
  run(print: (line: string) => void): unknown;
  /** The whole message: place, cause, and what to do. */
  readonly message: string;
}

/** Mistakes of one kind. */
export interface Family {
  readonly name: string;
  readonly mistakes: readonly Mistake[];
}
