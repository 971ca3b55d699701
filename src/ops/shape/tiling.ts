import { select } from '../../primitives/elementwise/arithmetic.ts';
import { constant } from '../../primitives/leaf.ts';
import { pad as padPrimitive } from '../../primitives/structure/pad.ts';
import * as views from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { formatShape, normalizeAxis } from '../../util/shapes.ts';
import { type TensorLike, toNode, toNodeOf, toTensor } from '../convert.ts';
import { concat, flatten, flip } from './shape.ts';
import { sliceAxis } from './slicing.ts';

function requireCounts(counts: readonly number[], where: string): void {
  if (counts.every((count) => Number.isInteger(count) && count >= 0)) return;
  throw new AntlerValueError({ where, expected: 'whole repetitions >= 0', got: formatShape(counts) });
}

/**
 * x laid side by side `repetitions[i]` times along axis i. The shorter of shape and repetitions gets leading ones.
 */
export function tile(x: TensorLike, repetitions: number | readonly number[]): Tensor {
  const node = toNode(x, 'tile');
  const given = typeof repetitions === 'number' ? [repetitions] : repetitions;
  requireCounts(given, 'tile');
  const rank = Math.max(node.shape.length, given.length);
  const counts = [...new Array<number>(rank - given.length).fill(1), ...given];
  const shape = [...new Array<number>(rank - node.shape.length).fill(1), ...node.shape];
  const apart = views.reshape(
    node,
    shape.flatMap((extent) => [1, extent]),
  );
  const spread = views.broadcastTo(
    apart,
    shape.flatMap((extent, axis) => [at(counts, axis), extent]),
  );
  return new Tensor(
    views.reshape(
      spread,
      shape.map((extent, axis) => extent * at(counts, axis)),
    ),
  );
}

/** Every element `count` times in a row along an axis; x is flattened first unless an axis is given. */
export function repeat(x: TensorLike, count: number, axis?: number): Tensor {
  requireCounts([count], 'repeat');
  const { node } = axis === undefined ? flatten(x) : toTensor(x, 'repeat');
  const along = normalizeAxis(axis ?? 0, node.shape.length, 'repeat');
  const apart = views.reshape(node, node.shape.toSpliced(along + 1, 0, 1));
  const spread = views.broadcastTo(apart, node.shape.toSpliced(along + 1, 0, count));
  return new Tensor(views.reshape(spread, node.shape.with(along, at(node.shape, along) * count)));
}

/** What stands around a padded tensor. */
export interface PadOptions {
  /**
   * `constant` (default), `edge`: the outermost element again, `reflect`: mirrored without the outermost, `symmetric`:
   * mirrored with it.
   */
  readonly mode?: 'constant' | 'edge' | 'reflect' | 'symmetric';
  /** For `constant`. Default 0. */
  readonly value?: number | boolean;
}

type Widths = readonly (readonly [number, number])[];

/**
 * x with more elements around: widths [before, after] for each axis.
 * @throws AntlerValueError for negative widths, and for a mirror image wider than what is mirrored
 */
export function pad(
  x: TensorLike,
  widths: Widths,
  { mode = 'constant', value = 0 }: PadOptions = {},
): Tensor {
  const given = toTensor(x, 'pad');
  if (widths.length !== given.rank) {
    throw new AntlerShapeError({
      where: 'pad',
      expected: `${given.rank} pairs [before, after]`,
      got: `${widths.length}`,
    });
  }
  requireCounts(widths.flat(), 'pad');
  if (mode === 'constant') return padConstant(given, widths, value);
  if (!Object.hasOwn(OUTSIDE, mode)) {
    const expected = `mode constant, ${Object.keys(OUTSIDE).join(', ')}`;
    throw new AntlerValueError({ where: 'pad', expected, got: `'${mode}'` });
  }
  const outside = OUTSIDE[mode];
  return widths.reduce((padded, [before, after], axis) => {
    const parts = [outside(padded, axis, before, 'before'), padded, outside(padded, axis, after, 'after')];
    return before + after === 0 ? padded : concat(parts, axis);
  }, given);
}

function padConstant({ node }: Tensor, widths: Widths, value: number | boolean): Tensor {
  const attrs = {
    low: widths.map(([before]) => before),
    high: widths.map(([, after]) => after),
    interior: widths.map(() => 0),
  };
  const padded = padPrimitive(node, attrs);
  if (Number(value) === 0) return new Tensor(padded);
  const inside = padPrimitive(views.broadcastTo(constant(1, 'bool'), node.shape), attrs);
  const filling = toNodeOf(Number(value), node.dtype, 'pad');
  return new Tensor(select(inside, padded, views.broadcastTo(filling, padded.shape)));
}

type Side = 'before' | 'after';

function edge(x: Tensor, axis: number, count: number, side: Side): Tensor {
  const extent = at(x.shape, axis);
  if (extent === 0 && count > 0) throw tooWide(x, count);
  if (count === 0) return sliceAxis(x, axis, 0, 0);
  return repeat(sliceAxis(x, axis, side === 'before' ? 0 : extent - 1, 1), count, axis);
}

/** Mirrored elements, beginning `skipped` elements from the end. */
function mirrored(x: Tensor, axis: number, count: number, side: Side, skipped: number): Tensor {
  const extent = at(x.shape, axis);
  if (count > 0 && count > extent - skipped) throw tooWide(x, count);
  if (count === 0) return sliceAxis(x, axis, 0, 0);
  return flip(sliceAxis(x, axis, side === 'before' ? skipped : extent - skipped - count, count), axis);
}

/** What stands outside, by the mode. */
const OUTSIDE: Readonly<
  Record<
    Exclude<NonNullable<PadOptions['mode']>, 'constant'>,
    (x: Tensor, axis: number, count: number, side: Side) => Tensor
  >
> = {
  edge,
  reflect: (x, axis, count, side) => mirrored(x, axis, count, side, 1),
  symmetric: (x, axis, count, side) => mirrored(x, axis, count, side, 0),
};

function tooWide({ shape }: Tensor, count: number): AntlerValueError {
  return new AntlerValueError({
    where: 'pad',
    expected: `a width that shape ${formatShape(shape)} can fill`,
    got: `${count}`,
  });
}
