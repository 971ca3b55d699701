import type { Contender } from './contenders.ts';
import type { Way } from './race.ts';

/** A contender and how it went down. */
export interface Descent extends Contender {
  readonly way: Way;
}
