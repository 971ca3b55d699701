import { lookUp } from '../util/suggest.ts';
import * as optimizers from './index.ts';
import { Optimizer } from './optimizer.ts';

/** The names of the built-in optimizers. */
export type OptimizerName = keyof typeof optimizers;

/** A built-in optimizer by name, with its defaults, or any optimizer. */
export type OptimizerLike = OptimizerName | Optimizer;

/** @throws AntlerValueError for a name it does not know */
export function resolveOptimizer(optimizer: OptimizerLike, where: string): Optimizer {
  if (optimizer instanceof Optimizer) return optimizer;
  return lookUp<() => Optimizer>(optimizers, optimizer, { where, kind: 'an optimizer' })();
}
