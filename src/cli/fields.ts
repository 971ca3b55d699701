import { z } from 'zod';

/**
 * Types of arguments and options. The message of a check is what was expected, in the words of an error:
 * `--epochs: expected <message>, got '0'`. `placeholder` stands for the value in the help.
 */
function integer(minimum: number, maximum: number, description: string) {
  const expected =
    maximum === Number.MAX_SAFE_INTEGER
      ? `a whole number of at least ${minimum}`
      : `a whole number in ${minimum} to ${maximum}`;
  return z
    .string()
    .regex(/^\d+$/, expected)
    .transform(Number)
    .refine((value) => value >= minimum && value <= maximum, expected)
    .meta({ description, placeholder: 'N' });
}

/** 1, 2, 3, ... */
export function count(description: string) {
  return integer(1, Number.MAX_SAFE_INTEGER, description);
}

/** A seed: 0 .. 2^32 - 1. */
export function seedNumber(description: string) {
  return integer(0, 2 ** 32 - 1, description);
}

/** A path or a name; not empty. */
export function text(placeholder: string, description: string) {
  return z.string().min(1, `a ${placeholder.toLowerCase()}`).meta({ description, placeholder });
}

/** On when given. */
export function flag(description: string) {
  return z.boolean().default(false).meta({ description });
}
