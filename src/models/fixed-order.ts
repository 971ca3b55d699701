import type { Resumable } from '../data/resumable.ts';
import { AntlerDataError } from '../util/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../util/exact-json.ts';

/** What the order of the examples in every epoch follows from. */
export interface OrderFacts {
  readonly examples: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly seed: number;
}

/** Rows on the host: where they stand follows from epoch and step alone, if they come in the same order. */
export function fixedOrder(facts: OrderFacts, where: string): Resumable {
  const present: JsonObject = { ...facts };
  return {
    state: () => present,
    restore(state: Json) {
      const saved = isJsonObject(state) ? state : {};
      const difference = Object.keys(present).find((name) => saved[name] !== present[name]);
      if (difference === undefined) return;
      throw new AntlerDataError({
        where,
        expected: `the ${difference} of the saved training, ${saved[difference]}`,
        got: `${present[difference]}`,
        fix: 'give fit the same data and options, or begin anew with another file',
      });
    },
  };
}
