import { AntlerDataError, AntlerShapeError, at } from '../../util/errors.ts';
import { formatShape, type Shape, sameShape, sizeOf } from '../../util/shapes.ts';
import { combineElements } from './combine.ts';
import type { HostArray } from './element.ts';
import { emptyLike, kindOf, toHostArray } from './host-array.ts';

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
  const arrays: HostArray[] = [];
  for (const [i, leaf] of leaves.entries()) {
    const place = `batch, element ${i}${path}`;
    const array = await toHostArray(leaf, place);
    const [kind, first] = [kindOf(array.data), kindOf(at([...arrays, array], 0).data)];
    if (kind !== first) {
      throw new AntlerDataError({ where: place, expected: `${first}, as element 0 has`, got: kind });
    }
    arrays.push(array);
  }
  return arrays;
}

function unequalShapes(got: Shape, expected: Shape, where: string): AntlerShapeError {
  return new AntlerShapeError({
    where: `batch, ${where}`,
    expected: `shape ${formatShape(expected)}, as element 0 has`,
    got: formatShape(got),
    fix: 'use paddedBatch, or bring all to one shape by map',
  });
}
