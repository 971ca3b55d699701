import { lookUp } from '../util/suggest.ts';
import * as losses from './index.ts';
import type { Loss } from './loss.ts';
import { refuseOtherNames } from './other-names.ts';

/** The names of the built-in losses. */
export type LossName = keyof typeof losses;

/** A built-in loss by name, with its defaults, or any loss. */
export type LossLike = LossName | Loss;

/** @throws AntlerValueError for a name it does not know, with the one probably meant */
export function resolveLoss(loss: LossLike, where: string): Loss {
  if (typeof loss === 'object') return loss;
  const context = { where, kind: 'a loss' };
  refuseOtherNames(loss, losses, context);
  return lookUp<() => Loss>(losses, loss, context)();
}
