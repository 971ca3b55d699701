import { at } from '../util/errors.ts';

/** Weights and differences below these shares are rounding errors. */
const LEAST_WEIGHT = 1e-12;
const LEAST_GAIN = 1e-12;

/** A point of the hull as a mean of points of it, none of which can be left out. */
interface Corral {
  /** Numbers of points. */
  members: number[];
  /** Positive, sum 1. */
  weights: number[];
}

/**
 * The point of a convex hull that is nearest to the origin. Wolfe 1976, Finding the nearest point in a polytope: ends after
 * finitely many steps, at the exact point but for rounding.
 * @param points at least one, all of one length
 */
export function leastPoint(points: readonly Float64Array[]): Float64Array {
  const products = points.map((a) => new Float64Array(points.length).map((_, i) => dot(a, at(points, i))));
  const squares = points.map((_, i) => product(products, i, i));
  const scale = Math.max(...squares);
  const corral: Corral = { members: [squares.indexOf(Math.min(...squares))], weights: [1] };
  for (let last = Number.POSITIVE_INFINITY; ; ) {
    const along = alongPoint(corral, products);
    const square = corral.members.reduce((sum, i, k) => sum + at(corral.weights, k) * at(along, i), 0);
    const next = along.indexOf(Math.min(...along));
    const isNearest = at(along, next) >= square - LEAST_GAIN * scale;
    // each turn comes nearer; one that does not, or that takes a member again, moves by rounding errors alone
    if (isNearest || square >= last || corral.members.includes(next)) return pointOf(corral, points);
    last = square;
    corral.members.push(next);
    corral.weights.push(0);
    settle(corral, products);
  }
}

/** Moves to the nearest point of the plane through the members; those that are in the way leave. */
function settle(corral: Corral, products: readonly Float64Array[]): void {
  for (;;) {
    const best = affineWeights(corral.members, products);
    const shares = corral.weights.map((weight, k) => shareUntilZero(weight, at(best, k)));
    const share = Math.min(...shares);
    const reached = Math.min(share, 1);
    const weights = corral.weights.map((weight, k) => weight + reached * (at(best, k) - weight));
    const isFree = share === Number.POSITIVE_INFINITY;
    const stays = weights.map((weight, k) => isFree || (weight > LEAST_WEIGHT && shares[k] !== share));
    corral.members = corral.members.filter((_, k) => at(stays, k));
    corral.weights = weights.filter((_, k) => at(stays, k));
    if (isFree) return;
  }
}

/** How much of the way from one weight to another leads to 0; infinite if none does. */
function shareUntilZero(from: number, to: number): number {
  if (to > LEAST_WEIGHT) return Number.POSITIVE_INFINITY;
  return from === 0 ? 0 : from / (from - to);
}

/** Weights, of sum 1 and any signs, of the point nearest to the origin: those of (1 1' + G) w ~ 1. */
function affineWeights(members: readonly number[], products: readonly Float64Array[]): number[] {
  const scale = Math.max(...members.map((i) => product(products, i, i)), Number.MIN_VALUE);
  const factor = choleskyOf(members.map((i) => members.map((j) => 1 + product(products, i, j) / scale)));
  const weights = solveFactored(factor);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** L of a positive definite matrix L L'. */
function choleskyOf(matrix: readonly (readonly number[])[]): number[][] {
  const factor: number[][] = [];
  matrix.forEach((row, i) => {
    const made: number[] = [];
    for (let j = 0; j <= i; j++) {
      const other = factor[j] ?? made;
      let rest = row[j] ?? 0;
      for (let k = 0; k < j; k++) rest -= (made[k] ?? 0) * (other[k] ?? 0);
      made.push(j === i ? Math.sqrt(Math.max(rest, Number.EPSILON)) : rest / (other[j] ?? 1));
    }
    factor.push(made);
  });
  return factor;
}

/** x of L L' x = 1. */
function solveFactored(factor: readonly (readonly number[])[]): number[] {
  const x = factor.map(() => 1);
  factor.forEach((row, i) => {
    let rest = 1;
    for (let k = 0; k < i; k++) rest -= (row[k] ?? 0) * (x[k] ?? 0);
    x[i] = rest / (row[i] ?? 1);
  });
  for (let i = x.length - 1; i >= 0; i--) {
    let rest = x[i] ?? 0;
    for (let k = i + 1; k < x.length; k++) rest -= (factor[k]?.[i] ?? 0) * (x[k] ?? 0);
    x[i] = rest / (factor[i]?.[i] ?? 1);
  }
  return x;
}

/** Products of the point with all points. */
function alongPoint({ members, weights }: Corral, products: readonly Float64Array[]): Float64Array {
  const along = new Float64Array(products.length);
  members.forEach((member, k) => {
    const row = at(products, member);
    const weight = at(weights, k);
    for (let i = 0; i < along.length; i++) along[i] = (along[i] ?? 0) + weight * (row[i] ?? 0);
  });
  return along;
}

function pointOf({ members, weights }: Corral, points: readonly Float64Array[]): Float64Array {
  return at(points, 0).map((_, i) =>
    members.reduce((sum, member, k) => sum + at(weights, k) * at(at(points, member), i), 0),
  );
}

function product(products: readonly Float64Array[], i: number, j: number): number {
  return at(at(products, i), j);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
