import { AntlerShapeError } from '../util/errors.ts';
import { partsOf, type Several } from './several.ts';

/** A shape whose batch axis (the first), or another, is not known yet: null. */
export type BatchShape = readonly (number | null)[];

/** Whether these are not the shapes of several tensors but one. */
export function isOneShape(shape: Several<BatchShape>): shape is BatchShape {
  return Array.isArray(shape) && !shape.some((extent) => Array.isArray(extent));
}

/** `[batch, 28, 28, 1]`; an unknown extent elsewhere is `?`. */
export function formatBatchShape(shape: BatchShape): string {
  return `[${shape.map((extent, axis) => extent ?? (axis === 0 ? 'batch' : '?')).join(', ')}]`;
}

/** Shapes of one or several tensors: `[batch, 2]`, `[batch, 2] and [batch, 3]`. */
export function formatBatchShapes(shapes: Several<BatchShape>): string {
  return partsOf(shapes, isOneShape).items.map(formatBatchShape).join(' and ');
}

/** Extent of the last axis. @throws AntlerShapeError if there is none, or it is unknown */
export function lastAxis(shape: BatchShape): number {
  return knownExtent(shape, shape.length - 1);
}

/** Extent of an axis that must be known. @throws AntlerShapeError if it is not */
export function knownExtent(shape: BatchShape, axis: number): number {
  const extent = shape[axis];
  if (typeof extent === 'number') return extent;
  throw new AntlerShapeError({
    where: 'input shape',
    expected: `a known extent of axis ${axis}`,
    got: formatBatchShape(shape),
  });
}
