import { AntlerDataError, AntlerShapeError, at } from '../../util/errors.ts';
import { formatShape, type Shape, sameShape, sizeOf } from '../../util/shapes.ts';
import { combineElements } from './combine.ts';
import type { HostArray } from './element.ts';
import { emptyLike, kindOf, toHostArray } from './host-array.ts';
import { isPromise } from './maybe-promise.ts';

/** Puts elements into one batch; see `Batched`. @throws AntlerShapeError for arrays of several shapes */
export function stackElements(elements: readonly unknown[]): Promise<unknown> {
  return combineElements(elements, stackLeaves);
}

async function stackLeaves(leaves: readonly unknown[], path: string): Promise<unknown> {
  if (leaves.every((leaf) => typeof leaf === 'string')) return leaves;
  const arrays = await hostArrays(leaves, path);
  const { shape } = at(arrays, 0);
  arrays.forEach((array, i) => {
    if (!sameShape(array.shape, shape)) throw unequalShapes(array.shape, shape, `element ${i}${path}`);
  });
  const target = emptyLike(at(arrays, 0).data, leaves.length * sizeOf(shape));
  arrays.forEach(({ data }, i) => void target.set(data, i * sizeOf(shape)));
  return { data: target, shape: [leaves.length, ...shape] } satisfies HostArray;
}

/** The leaves at one place as arrays of one kind. @throws AntlerDataError for what has no numbers */
export async function hostArrays(leaves: readonly unknown[], path: string): Promise<HostArray[]> {
  const given = leaves.map((leaf, i) => toHostArray(leaf, `batch, element ${i}${path}`));
  const arrays = given.some(isPromise) ? await Promise.all(given) : (given as HostArray[]);
  const first = kindOf(at(arrays, 0).data);
  const other = arrays.findIndex(({ data }) => kindOf(data) !== first);
  if (other < 0) return arrays;
  throw new AntlerDataError({
    where: `batch, element ${other}${path}`,
    expected: `${first}, as element 0 has`,
    got: kindOf(at(arrays, other).data),
  });
}

function unequalShapes(got: Shape, expected: Shape, where: string): AntlerShapeError {
  return new AntlerShapeError({
    where: `batch, ${where}`,
    expected: `shape ${formatShape(expected)}, as element 0 has`,
    got: formatShape(got),
    fix: 'use paddedBatch, or bring all to one shape by map',
  });
}
