import { at } from '../../util/errors.ts';
import { type Shape, sizeOf } from '../../util/shapes.ts';

/** Calls `visit` with every position of a shape in row-major order. The array is reused between calls. */
export function forEachPosition(
  shape: Shape,
  visit: (position: readonly number[], flat: number) => void,
): void {
  const position = new Array<number>(shape.length).fill(0);
  const size = sizeOf(shape);
  for (let flat = 0; flat < size; flat++) {
    visit(position, flat);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      position[axis] = at(position, axis) + 1;
      if (at(position, axis) < at(shape, axis)) break;
      position[axis] = 0;
    }
  }
}
