import { lookUp } from '../util/suggest.ts';
import * as losses from './index.ts';
import type { Loss } from './loss.ts';

/** The names of the built-in losses. */
export type LossName = keyof typeof losses;

/** A built-in loss by name, with its defaults, or any loss. */
export type LossLike = LossName | Loss;

/** @throws AntlerValueError for a name it does not know */
export function resolveLoss(loss: LossLike, where: string): Loss {
  return typeof loss === 'object' ? loss : lookUp<() => Loss>(losses, loss, { where, kind: 'a loss' })();
}
