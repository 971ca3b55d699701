import { type TensorLike, toTensor } from '../ops/convert.ts';
import { at } from '../util/errors.ts';
import { requireRows } from './fitted.ts';
import { leastPoint } from './least-point.ts';
import { requireFinite, SIGNS, targetsOf } from './perceptron-data.ts';

/** The plane through the origin that parts two classes as widely as any. */
export interface MaximumMargin {
  /** Whether any plane through the origin has each class on its own side. */
  readonly separable: boolean;
  /** Distance of the plane from the nearest row; 0 where there is none. */
  readonly margin: number;
  /** Unit normal of the plane, [features]; zeros where there is none. */
  readonly normal: Float64Array;
}

/** A hull that comes as near to the origin as this share of its size contains it, as far as rounding can tell. */
const LEAST_DISTANCE = 1e-9;

/**
 * Whether rows can be separated by a plane through the origin, and how widely: the largest margin, min target (u x), that
 * a unit vector u gives. With a 1 at the end of each row it is any plane. The margin is the distance of the convex
 * hull of target x from the origin, found exactly but for rounding; a plane is only claimed if it parts all rows. Made
 * for some hundreds of rows: the work grows with their square.
 * @param x [rows, features]
 * @param targets -1 or 1, [rows]
 * @throws AntlerShapeError, AntlerValueError for data that does not fit, and for numbers that are not finite
 */
export function maximumMargin(x: TensorLike, targets: TensorLike): MaximumMargin {
  const where = 'maximumMargin';
  const rows = toTensor(x, where);
  requireRows(rows, where);
  const [count, features] = [at(rows.shape, 0), at(rows.shape, 1)];
  const values = rows.dataSync();
  requireFinite(values, features, where);
  const signs = targetsOf(targets, count, SIGNS, where).dataSync();
  const points = Array.from({ length: count }, (_, row) =>
    new Float64Array(values.subarray(row * features, (row + 1) * features)).map(
      (value) => value * at(signs, row),
    ),
  );
  return marginOf(points, features);
}

function marginOf(points: readonly Float64Array[], features: number): MaximumMargin {
  const nearest = leastPoint(points);
  const distance = Math.hypot(...nearest);
  const size = Math.max(...points.map((point) => Math.hypot(...point)));
  const normal = nearest.map((value) => value / distance);
  const margin = Math.min(...points.map((point) => point.reduce((sum, x, i) => sum + x * at(normal, i), 0)));
  return distance > LEAST_DISTANCE * size && margin > 0
    ? { separable: true, margin, normal }
    : { separable: false, margin: 0, normal: new Float64Array(features) };
}
