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

/** @throws AntlerShapeError unless an axis, default the last, has the extent that the layer was built for */
export function requireFeatures(shape: BatchShape, built: BatchShape, where: string, axis = -1): void {
  const [extent, expected] = [shape.at(axis), built.at(axis)];
  if (extent === expected || typeof expected !== 'number') return;
  throw new AntlerShapeError({
    where,
    expected: `${expected} on ${axis === -1 ? 'the last axis' : `axis ${axis}`}, as it was built for ${formatBatchShape(built)}`,
    got: formatBatchShape(shape),
    fix: 'give it as many features as before',
  });
}

/** @throws AntlerShapeError unless the examples have exactly the shape that is expected */
export function requireExampleShape(shape: BatchShape, expected: BatchShape, where: string): void {
  const isFitting =
    shape.length === expected.length &&
    shape.every((extent, axis) => axis === 0 || fits(extent, expected[axis]));
  if (isFitting) return;
  throw new AntlerShapeError({
    where,
    expected: formatBatchShape(expected),
    got: formatBatchShape(shape),
    fix: exampleFix(shape, expected),
  });
}

/** Tells axes in another order from axes that are missing, and from another size. */
function exampleFix(shape: BatchShape, expected: BatchShape): string {
  const [got, wanted] = [shape.slice(1), expected.slice(1)];
  const sorted = (extents: BatchShape) =>
    [...extents]
      .map(Number)
      .sort((a, b) => a - b)
      .join();
  if (sorted(got) === sorted(wanted)) return `bring the axes into that order, ${orderFix(got, wanted)}`;
  if (got.length === wanted.length) return 'give examples of that shape, or build the model for yours';
  return got.length < wanted.length
    ? 'reshape the examples: axes are missing, perhaps the one that counts them'
    : 'reshape the examples: they have too many axes';
}

/** The call of `transpose` that moves axes into place. */
function orderFix(got: BatchShape, wanted: BatchShape): string {
  const left = got.map((extent, axis) => ({ extent, axis: axis + 1 }));
  const axes = wanted.map(
    (extent) =>
      left.splice(
        left.findIndex((one) => one.extent === extent),
        1,
      )[0]?.axis,
  );
  return `with transpose(x, [0, ${axes.join(', ')}])`;
}

/** An extent that is not known fits all. */
function fits(extent: number | null, expected: number | null | undefined): boolean {
  return extent === expected || extent === null || expected === null;
}
