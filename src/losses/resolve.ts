import { AntlerValueError } from '../util/errors.ts';
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
  if (typeof loss === 'function' && !Object.values(losses).includes(loss)) throw ownFunction(where);
  const context = { where, kind: 'a loss' };
  refuseOtherNames(loss, losses, context);
  return lookUp<() => Loss>(losses, loss, context)();
}

/** A loss must say what its labels are and how it is reduced, which a function does not. */
function ownFunction(where: string): AntlerValueError {
  const fix = 'make a loss of it: defineLoss({ name, labels, defaults, perExample })';
  return new AntlerValueError({ where, expected: 'a loss', got: 'a function', fix });
}
