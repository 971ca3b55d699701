import type { Variable } from '../tensor/variable.ts';
import type { NamedArray } from './safetensors-format.ts';

/** An array of a file whose name is known from elsewhere. */
export type StoredArray = Omit<NamedArray, 'name'>;

/** A weight of a model and the array of a file that it is to become. */
export interface WeightMatch {
  readonly variable: Variable;
  /** Where the file has it, or should have it. */
  readonly place: string;
  readonly array: StoredArray | undefined;
}

/** How the arrays of a file fit the weights of a model. */
export interface WeightMatches {
  readonly matches: readonly WeightMatch[];
  /** Places of arrays that no weight takes. */
  readonly surplus: readonly string[];
}
