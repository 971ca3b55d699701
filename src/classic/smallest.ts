import { scan } from '../ops/control/control.ts';
import { arange, full } from '../ops/create.ts';
import { where } from '../ops/math/arithmetic.ts';
import { equal, greater, logicalAnd, logicalOr } from '../ops/math/compare.ts';
import { min } from '../ops/reduce/reduce.ts';
import { expandDims, transpose } from '../ops/shape/shape.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { at } from '../util/errors.ts';

/** The smallest elements of each row, ascending, and where they stand: [rows, k], the places int32. */
export interface Smallest {
  readonly values: Tensor;
  readonly places: Tensor;
}

/**
 * The k smallest of each row of [rows, columns], of equal ones the first. Goes through the row k times: for few of many that
 * is far less than to sort it.
 */
export function smallest(x: Tensor, k: number): Smallest {
  const [rows, columns] = [at(x.shape, 0), at(x.shape, 1)];
  const places = arange(columns);
  const isAfter = (value: Tensor, place: Tensor): Tensor =>
    logicalOr(
      greater(x, expandDims(value, 1)),
      logicalAnd(equal(x, expandDims(value, 1)), greater(places, expandDims(place, 1))),
    );
  const start = { value: full([rows], -Infinity, x.dtype), place: full([rows], -1, 'int32') };
  const [, found] = scan(
    (last) => {
      const isLeft = isAfter(last.value, last.place);
      const value = min(where(isLeft, x, Infinity), { axis: 1 });
      const isFound = logicalAnd(isLeft, equal(x, expandDims(value, 1)));
      const next = { value, place: min(where(isFound, places, columns), { axis: 1 }) };
      return [next, next];
    },
    start,
    null,
    { length: k },
  );
  return { values: transpose(found.value), places: transpose(found.place) };
}
