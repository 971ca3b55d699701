import { oneHot } from '../../ops/create.ts';
import { cast, mul } from '../../ops/math/arithmetic.ts';
import { max, sum } from '../../ops/reduce/reduce.ts';
import { expandDims, squeeze } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { unknownName } from '../../util/suggest.ts';

/**
 * How numbers of categories are given: as they are (`int`), each as a unit vector (`oneHot`), or those of an example
 * together in one vector, with 1 for each category there is (`multiHot`) or the number of times (`count`).
 */
export type CategoryMode = 'int' | 'oneHot' | 'multiHot' | 'count';

/** A number that no category has: it is left out of vectors. */
export const NO_CATEGORY = 2 ** 31 - 1;

/** @throws AntlerValueError for a mode that is not among the known ones */
export function requireMode<Mode extends string>(mode: Mode, known: readonly Mode[], where: string): void {
  if (known.includes(mode)) return;
  throw unknownName({ where, kind: 'an outputMode', name: String(mode), known });
}

/**
 * Categories [batch, n] as [batch, depth] (as [batch, n, depth] with `oneHot`, but of n = 1 as [batch, depth]); a
 * single list [n] as [depth]. As Keras 3.
 * @param indices int32, in [0, depth); others are left out
 * @param weights what each counts, of the shape of the indices; default 1
 */
export function encodeCategories(
  indices: Tensor,
  mode: Exclude<CategoryMode, 'int'>,
  depth: number,
  { dtype, weights }: { readonly dtype: Tensor['dtype']; readonly weights?: Tensor | undefined },
): Tensor {
  const list = indices.rank === 0 ? expandDims(indices, 0) : indices;
  if (mode === 'oneHot') {
    const isAlone = list.rank > 1 && list.shape.at(-1) === 1;
    return oneHot(isAlone ? squeeze(list, -1) : list, depth, dtype);
  }
  const vectors = oneHot(list, depth, dtype);
  const axis = list.rank > 1 ? 1 : 0;
  if (mode === 'multiHot') return max(vectors, axis);
  return sum(weights ? mul(vectors, expandDims(cast(weights, dtype), -1)) : vectors, axis);
}
