import { AntlerShapeError } from '../util/errors.ts';
import { type BatchShape, formatBatchShape } from './batch-shape.ts';

/**
 * Which inputs a layer takes, by the names of their axes: `[batch, height, width, channels]`, or with any
 * number of axes in the middle `[batch, ..., features]`.
 */
export type InputLayout = string;

function axesOf(layout: InputLayout): string[] {
  return layout.slice(1, -1).split(', ');
}

/** @throws AntlerShapeError unless the shape has the rank of the layout */
export function requireLayout(shape: BatchShape, layout: InputLayout, where: string): void {
  const axes = axesOf(layout);
  const open = axes.includes('...');
  const named = open ? axes.length - 1 : axes.length;
  if (open ? shape.length >= named : shape.length === named) return;
  const tooFlat = shape.length < named;
  throw new AntlerShapeError({
    where,
    expected: layout,
    got: formatBatchShape(shape),
    fix: tooFlat
      ? `put layers.reshape({ targetShape }) before it, or give the input its axis of ${axes.at(-1)}`
      : 'put layers.flatten() or layers.reshape({ targetShape }) before it',
  });
}

/** @throws AntlerShapeError unless the last axis has the extent that the layer was built for */
export function requireLastAxis(shape: BatchShape, built: BatchShape, where: string): void {
  const [extent, expected] = [shape.at(-1), built.at(-1)];
  if (extent === expected || typeof expected !== 'number') return;
  throw new AntlerShapeError({
    where,
    expected: `${expected} on the last axis, as it was built for ${formatBatchShape(built)}`,
    got: formatBatchShape(shape),
  });
}

/** @throws AntlerShapeError unless the examples have exactly the shape that is expected */
export function requireExampleShape(shape: BatchShape, expected: BatchShape, where: string): void {
  const isFitting =
    shape.length === expected.length &&
    shape.every((extent, axis) => axis === 0 || fits(extent, expected[axis]));
  if (isFitting) return;
  throw new AntlerShapeError({ where, expected: formatBatchShape(expected), got: formatBatchShape(shape) });
}

/** An extent that is not known fits all. */
function fits(extent: number | null, expected: number | null | undefined): boolean {
  return extent === expected || extent === null || expected === null;
}
