import { Dataset } from '../pipeline/dataset.ts';
import { sourceOf } from '../pipeline/source.ts';

/** The entries of an array, which is not copied. As `tf.data.array`. */
export function fromArray<T>(items: readonly T[]): Dataset<T> {
  return new Dataset(sourceOf({ size: items.length, view: () => ({ get: (index) => items[index] as T }) }));
}
