/** What every user-facing error says: the place, what was expected, what came, and one way to mend it. */
export interface ErrorParts {
  /** Layer path, op, option or file the error is about. */
  readonly where: string;
  readonly expected: string;
  readonly got: string;
  /** One concrete thing the user can do. */
  readonly fix?: string;
}

/** The parts as one sentence: `place: expected this, got that; do so`. */
export function sentence({ where, expected, got, fix }: ErrorParts): string {
  return `${where}: expected ${expected}, got ${got}${fix ? `; ${fix}` : ''}`;
}

/** Base of all errors a user can cause. The CLI prints `message` alone and exits with 2. */
export class AntlerError extends Error {
  readonly parts: ErrorParts;

  constructor(parts: ErrorParts, options?: ErrorOptions) {
    super(sentence(parts), options);
    this.parts = parts;
    this.name = new.target.name;
  }
}

/** Shapes that do not fit an op or a layer. */
export class AntlerShapeError extends AntlerError {}

/** An element type that an op does not take. */
export class AntlerTypeError extends AntlerError {}

/** An argument outside its range, an unknown name, a missing or contradictory option. */
export class AntlerValueError extends AntlerError {}

/** A data or model file that is missing, damaged or not what it claims to be. */
export class AntlerDataError extends AntlerError {}

/** NaN or infinity where training cannot go on. */
export class AntlerNumericError extends AntlerError {}

/** The machine refused: memory, threads, or a missing engine feature. */
export class AntlerResourceError extends AntlerError {}

/** A value was asked for while a function was being traced, where only its shape is known. */
export class AntlerTraceError extends AntlerError {}

/** A bug of ours, never of the user's. */
export class AntlerInternalError extends Error {
  constructor(message: string) {
    super(`internal error: ${message} (please report this)`);
    this.name = 'AntlerInternalError';
  }
}

/** Checks what must hold if Antler itself is right. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AntlerInternalError(message);
}

/** Value of an index that must exist. */
export function at<T>(items: ArrayLike<T>, index: number): T {
  const item = items[index < 0 ? items.length + index : index];
  if (item === undefined) throw new AntlerInternalError(`index ${index} of ${items.length}`);
  return item;
}

/** Value of a key that must exist. */
export function lookup<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new AntlerInternalError('a key that is missing');
  return value;
}
