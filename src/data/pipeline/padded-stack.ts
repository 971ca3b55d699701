import { AntlerShapeError, at } from '../../util/errors.ts';
import { formatShape, type Shape, sizeOf } from '../../util/shapes.ts';
import { combineElements } from './combine.ts';
import type { HostArray } from './element.ts';
import { emptyLike } from './host-array.ts';
import { hostArrays } from './stack.ts';

/** Puts elements into one batch, filled up behind each axis to the longest. */
export function stackPadded(elements: readonly unknown[], paddingValue: number): Promise<unknown> {
  return combineElements(elements, (leaves, path) => padLeaves(leaves, path, paddingValue));
}

async function padLeaves(leaves: readonly unknown[], path: string, paddingValue: number): Promise<unknown> {
  if (leaves.every((leaf) => typeof leaf === 'string')) return leaves;
  const arrays = await hostArrays(leaves, path);
  const shape = commonShape(arrays, path);
  const size = sizeOf(shape);
  const target = emptyLike(at(arrays, 0).data, leaves.length * size).fill(paddingValue);
  arrays.forEach((array, i) => {
    copyInto(target.subarray(i * size, (i + 1) * size), shape, array);
  });
  return { data: target, shape: [leaves.length, ...shape] } satisfies HostArray;
}

function commonShape(arrays: readonly HostArray[], path: string): Shape {
  const first = at(arrays, 0).shape;
  return arrays.reduce<Shape>((common, { shape }, i) => {
    if (shape.length === first.length) return common.map((extent, axis) => Math.max(extent, at(shape, axis)));
    throw new AntlerShapeError({
      where: `paddedBatch, element ${i}${path}`,
      expected: `${first.length} axes, as element 0 has`,
      got: formatShape(shape),
    });
  }, first);
}

/** Copies an array into the corner of a larger one, run by run of the last axis. */
function copyInto(target: HostArray['data'], targetShape: Shape, { data, shape }: HostArray): void {
  const run = shape.at(-1) ?? 1;
  if (run === 0) return;
  for (let start = 0; start < data.length; start += run) {
    let rest = start / run;
    let offset = 0;
    let stride = targetShape.at(-1) ?? 1;
    for (let axis = shape.length - 2; axis >= 0; axis--) {
      offset += (rest % at(shape, axis)) * stride;
      rest = Math.floor(rest / at(shape, axis));
      stride *= at(targetShape, axis);
    }
    target.set(data.subarray(start, start + run), offset);
  }
}
