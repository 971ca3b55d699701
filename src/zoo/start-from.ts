import type { Model } from '../models/model.ts';
import { tensor } from '../ops/create.ts';

/** Weights [from, to] and biases [to] on the host. */
export type LayerParameters = { readonly weights: Float32Array; readonly bias: Float32Array };

/** Gives the lower layers learned weights; the layers above keep their first ones. */
export function startFrom(model: Model, learned: readonly LayerParameters[]): void {
  const given = learned.flatMap(({ weights, bias }) => [
    tensor(weights, [weights.length / bias.length, bias.length]),
    tensor(bias),
  ]);
  model.setWeights([...given, ...model.getWeights().slice(given.length)]);
}
