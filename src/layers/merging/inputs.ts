import { logicalOr } from '../../ops/math/compare.ts';
import { AntlerShapeError, AntlerValueError } from '../../util/errors.ts';
import { type BatchShape, formatBatchShapes } from '../batch-shape.ts';
import type { Mask } from '../masks.ts';

/** How many inputs a merging takes. */
export type InputCount = 'one or more' | 'two';

/** @throws AntlerValueError for another number of inputs */
export function requireInputs(shapes: readonly BatchShape[], count: InputCount): void {
  if (count === 'two' ? shapes.length === 2 : shapes.length > 0) return;
  throw new AntlerValueError({
    where: 'input',
    expected: `a list of ${count} tensors`,
    got: `${shapes.length}`,
    fix: 'write layer.apply([a, b])',
  });
}

/** @throws AntlerShapeError unless the shapes are alike but for one axis; unknown extents fit all */
export function requireAlike(shapes: readonly BatchShape[], exceptAxis: number): void {
  const [first = []] = shapes;
  const free = exceptAxis < 0 ? exceptAxis + first.length : exceptAxis;
  const fits = shapes.every(
    (shape) =>
      shape.length === first.length &&
      shape.every((extent, axis) => axis === free || extent === first[axis] || !extent || !first[axis]),
  );
  if (fits) return;
  throw new AntlerShapeError({
    where: 'input',
    expected: `shapes that are alike but for axis ${free}`,
    got: formatBatchShapes(shapes),
  });
}

/** A step counts where it counts in any input; all do if one input has no mask. */
export function mergedMask(masks: readonly Mask[]): Mask {
  const known = masks.filter((mask) => mask !== undefined);
  return known.length === masks.length && known.length > 0 ? known.reduce(logicalOr) : undefined;
}
