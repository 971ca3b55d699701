import type { JsonObject } from '../../io/keras/keras-object.ts';
import type { StoredArray, WeightMatches } from '../../io/weight-matches.ts';
import type { LayerDescription } from '../../layers/layer-config.ts';
import type { AnyModel } from '../model.ts';

/** What the file of a model says, in our words. */
export interface ParsedModel {
  readonly description: LayerDescription;
  /** Loss, optimizer and metrics as Keras writes them, if the model was compiled. */
  readonly compile: JsonObject | undefined;
  /** The arrays of the file that belong to the weights of the model that was built. */
  match(model: AnyModel): WeightMatches;
  /** State of the optimizer in Keras's order; none if it is not kept. */
  readonly optimizerState: readonly StoredArray[];
}
