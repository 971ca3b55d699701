import type { JsonObject } from '../../io/keras/keras-object.ts';
import type { Optimizer } from '../../optimizers/optimizer.ts';
import type { AnyModel } from '../model.ts';
import { compileToKeras } from './compile-to-keras.ts';

/** How a model is trained, as far as a file can hold it. */
export interface WritableSetup {
  /** Loss, optimizer and metrics as Keras writes them. */
  readonly compile: JsonObject;
  /** Whose state is to be kept, if any. */
  readonly optimizer: Optimizer | undefined;
}

/** Iterations and learning rate; an optimizer that has more has begun. */
const VARIABLES_AT_FIRST = 2;

/** What a file says of the training of a model; undefined if it is not compiled, or with functions of the user's. */
export function writableSetup(model: AnyModel, includeOptimizer: 'yes' | 'no'): WritableSetup | undefined {
  if (!model.isCompiled) return undefined;
  const { options, optimizer } = model.compiled;
  const compile = compileToKeras({ options, optimizer });
  const isKept = includeOptimizer === 'yes' && optimizer.variables.length > VARIABLES_AT_FIRST;
  return compile && { compile, optimizer: isKept ? optimizer : undefined };
}
