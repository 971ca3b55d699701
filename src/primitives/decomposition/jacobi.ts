import { type Expr, k, registerOf, type Variable } from '../../graph/kernel/expr.ts';
import { accumulator, assign, loop, type Statement, when } from '../../graph/kernel/loops.ts';
import type { DType } from '../../util/dtypes.ts';
import { at } from '../../util/errors.ts';
import type { Rotation } from './matrix-loops.ts';

/** More than ever needed: Jacobi's method converges quadratically, after 6 to 10 sweeps. */
const SWEEPS = 40;

/** The distance from 1 to the next number. */
export function epsilonOf(dtype: DType): number {
  return dtype === 'float64' ? 2 ** -52 : 2 ** -23;
}

/** Cosine and sine of the smaller rotation that makes two directions orthogonal, cot(2 angle) = cotangent (Rutishauser 1966). */
export function rotationOf(cotangent: number): [cosine: number, sine: number] {
  const tangent = (cotangent < 0 ? -1 : 1) / (Math.abs(cotangent) + Math.sqrt(1 + cotangent * cotangent));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  return [cosine, tangent * cosine];
}

/** The same as statements. */
export function assignRotation({ cosine, sine }: Rotation, cotangent: Expr): Statement[] {
  const { register } = cosine;
  const [double, tangent] = [accumulator(register), accumulator(register)];
  const one = k.constant(register, 1);
  const hypotenuse = (x: Variable) => k.sqrt(k.add(one, k.mul(k.read(x), k.read(x))));
  const sign = k.select(k.lt(k.read(double), k.constant(register, 0)), k.constant(register, -1), one);
  return [
    assign(double, cotangent),
    assign(tangent, k.div(sign, k.add(k.abs(k.read(double)), hypotenuse(double)))),
    assign(cosine, k.div(one, hypotenuse(tangent))),
    assign(sine, k.mul(k.read(tangent), k.read(cosine))),
  ];
}

/** Turns two elements by a rotation, as `rotate` does in a kernel. */
export function turn(
  data: Float64Array,
  first: number,
  second: number,
  [cosine, sine]: readonly [cosine: number, sine: number],
): void {
  const [a, b] = [at(data, first), at(data, second)];
  data[first] = cosine * a - sine * b;
  data[second] = sine * a + cosine * b;
}

/** Exchanges two elements, as `swap` does in a kernel. */
export function exchange(data: Float64Array, first: number, second: number): void {
  const kept = at(data, first);
  data[first] = at(data, second);
  data[second] = kept;
}

/** Calls `visit` with all pairs p < q of n until it returns false for all of a sweep. */
export function sweep(n: number, visit: (p: number, q: number) => boolean): void {
  for (let round = 0; round < SWEEPS; round++) {
    let isActive = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) isActive = visit(p, q) || isActive;
    }
    if (!isActive) return;
  }
}

/**
 * The same as statements.
 * @param condition whether a pair is visited, once the statements before have run
 */
export function sweepLoops(
  n: number,
  pair: (p: Variable, distance: Variable) => { before: Statement[]; condition: Expr; body: Statement[] },
): Statement[] {
  const isActive = accumulator('bool');
  const [yes, no] = [k.constant('bool', 1), k.constant('bool', 0)];
  const pairs = loop(n - 1, (p) => [
    // q = p + 1 + distance
    loop(k.sub(k.int(n - 1), k.read(p)), (distance) => {
      const { before, condition, body } = pair(p, distance);
      return [...before, when(condition, [assign(isActive, yes), ...body])];
    }),
  ]);
  return [assign(isActive, yes), loop(SWEEPS, () => [when(k.read(isActive), [assign(isActive, no), pairs])])];
}

/**
 * Statements that bring n keys in order by exchanging: for each place the first that belongs there is looked for among those
 * behind it.
 */
export function selectionSort(
  n: number,
  dtype: DType,
  keyAt: (place: Variable, offset: Variable | null) => Expr,
  isBetter: (key: Expr, best: Expr) => Expr,
  exchange: (place: Variable, other: Variable) => Statement[],
): Statement {
  const [best, winner] = [accumulator(registerOf(dtype)), accumulator('i32')];
  return loop(n, (i) => [
    assign(best, keyAt(i, null)),
    assign(winner, k.read(i)),
    loop(k.sub(k.int(n), k.read(i)), (offset) => [
      when(isBetter(keyAt(i, offset), k.read(best)), [
        assign(best, keyAt(i, offset)),
        assign(winner, k.add(k.read(i), k.read(offset))),
      ]),
    ]),
    ...exchange(i, winner),
  ]);
}

/** The same on the host. */
export function selectionSortHost(
  n: number,
  keyAt: (place: number) => number,
  isBetter: (key: number, best: number) => boolean,
  exchange: (place: number, other: number) => void,
): void {
  for (let i = 0; i < n; i++) {
    let winner = i;
    for (let j = i + 1; j < n; j++) if (isBetter(keyAt(j), keyAt(winner))) winner = j;
    exchange(i, winner);
  }
}
