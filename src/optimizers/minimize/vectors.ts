import { at } from '../../util/errors.ts';

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += at(a, i) * at(b, i);
  return sum;
}

/** target := target + scale * vector */
export function addScaled(target: Float64Array, vector: Float64Array, scale: number): void {
  for (let i = 0; i < target.length; i++) target[i] = at(target, i) + scale * at(vector, i);
}

/** start + step * direction */
export function along(start: Float64Array, direction: Float64Array, step: number): Float64Array {
  const point = start.slice();
  addScaled(point, direction, step);
  return point;
}

/** a - b */
export function difference(a: Float64Array, b: Float64Array): Float64Array {
  return along(a, b, -1);
}

/** The largest magnitude among the elements. */
export function largest(vector: Float64Array): number {
  let most = 0;
  for (const element of vector) if (!(Math.abs(element) <= most)) most = Math.abs(element);
  return most;
}
