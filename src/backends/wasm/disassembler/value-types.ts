import { VALUE_TYPE_BYTE } from '../encoder/value-types.ts';

/** Value types by their byte. */
export const VALUE_TYPES: ReadonlyMap<number, string> = new Map(
  Object.entries(VALUE_TYPE_BYTE).map(([name, byte]) => [byte, name]),
);
