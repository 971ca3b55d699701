import { lookUp } from '../util/suggest.ts';
import * as initializers from './index.ts';
import type { Initializer } from './initializer.ts';

/** The names of the built-in initializers. */
export type InitializerName = keyof typeof initializers;

/** A built-in initializer by name, with its defaults, or any initializer. */
export type InitializerLike = InitializerName | Initializer;

/** @throws AntlerValueError for a name it does not know */
export function resolveInitializer(initializer: InitializerLike, where: string): Initializer {
  if (typeof initializer === 'object') return initializer;
  return lookUp<() => Initializer>(initializers, initializer, { where, kind: 'an initializer' })();
}
