import { AntlerError, type ErrorParts } from '../util/errors.ts';

const placed = new WeakSet<AntlerError>();

type ErrorClass = new (parts: ErrorParts, options?: ErrorOptions) => AntlerError;

/**
 * Runs `body`; an error of the user's that leaves it says in which layer it happened: the innermost one wins.
 */
export function atLayer<T>(path: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof AntlerError) || placed.has(error)) throw error;
    const { where } = error.parts;
    throw amended(error, { where: where.startsWith(path) ? where : `${path}, ${where}` });
  }
}

/** The same error with other parts, and known to name its layer. */
export function amended(error: AntlerError, parts: Partial<ErrorParts>): AntlerError {
  const Class = error.constructor as ErrorClass;
  const next = new Class({ ...error.parts, ...parts }, { cause: error.cause ?? error });
  placed.add(next);
  return next;
}
