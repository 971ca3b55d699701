import type { NamedArray } from '../../io/safetensors-format.ts';
import { byName, type NamedVariables } from '../../io/stored-variables.ts';
import type { WeightMatches } from '../../io/weight-matches.ts';
import type { AnyModel } from '../model.ts';

/** The weights of a model under their paths: `conv2d/kernel`. */
export function namedWeights(model: AnyModel): NamedVariables {
  return byName(model.weights);
}

/** Finds the arrays that have the names of weights. */
export function matchByName(arrays: readonly NamedArray[], model: AnyModel): WeightMatches {
  const stored = new Map(arrays.map((array) => [array.name, array]));
  const weights = namedWeights(model);
  return {
    matches: Array.from(weights, ([name, variable]) => ({ variable, place: name, array: stored.get(name) })),
    surplus: [...stored.keys()].filter((name) => !weights.has(name)),
  };
}
