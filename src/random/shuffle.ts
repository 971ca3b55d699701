import { type TensorLike, toTensor } from '../ops/convert.ts';
import { arange } from '../ops/create.ts';
import { take } from '../ops/index/take.ts';
import { argsort } from '../ops/search/sort.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError, at } from '../util/errors.ts';
import { normalizeAxis } from '../util/shapes.ts';
import { uniform } from './distributions.ts';

/**
 * x with its slices along an axis in random order, or 0 .. x - 1 in random order as int32 for a number: every order is equally
 * likely up to 2^-52. Differentiable in x.
 * @throws AntlerValueError for a number that is no length
 */
export function permutation(key: Tensor, x: TensorLike, axis = 0): Tensor {
  if (typeof x === 'number' && !(Number.isInteger(x) && x >= 0)) {
    throw new AntlerValueError({ where: 'permutation', expected: 'a whole number >= 0', got: `${x}` });
  }
  const given = typeof x === 'number' ? arange(x) : toTensor(x, 'permutation');
  const along = normalizeAxis(axis, given.rank, 'permutation');
  const marks = uniform(key, [at(given.shape, along)], { dtype: 'float64' });
  return take(given, argsort(marks), along);
}
