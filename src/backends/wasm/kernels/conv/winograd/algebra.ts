import { at, invariant } from '../../../../../util/errors.ts';
import { type Code, f32x4, type Local } from '../../../encoder/index.ts';
import type { KernelFunction } from '../../kernel-function.ts';

/**
 * Winograd's minimal filtering F(4, 3): four outputs of a window of three from six products instead of twelve, and in
 * two dimensions sixteen from 36 instead of 144. Winograd 1980; Lavin & Gray 2015.
 *
 * A polynomial is known by its values at 0, two pairs of points and infinity. Pairs let even and odd powers be summed
 * once. At 3/4 and 3/2 all constants are exact and errors are least: twice those of a direct sum (at the usual 1 and 2
 * they are five times).
 */
const POINTS = [0.75, 1.5] as const;

/** Outputs along an axis of a tile, */
export const TILE = 4;
/** taps of the window, */
export const WINDOW = 3;
/** and inputs, or products. */
export const PATCH = TILE + WINDOW - 1;

/** Turns some vectors, each used more than once and so in locals, into others. */
export interface Transform {
  readonly inputs: number;
  readonly outputs: number;
  emit(fn: KernelFunction, inputs: readonly Local[], store: (index: number, value: Code) => Code): Code;
}

const splat = (value: number): Code => f32x4.const(value, value, value, value);

/** The denominator of the interpolation at a point p and at -p, when q is the other pair: p 2p (p² - q²). */
function denominator(p: number, q: number): number {
  return 2 * p * p * (p * p - q * q);
}

/** What a pair of points is weighted with: the point, the square of the other, and the denominator. */
const PAIRS = POINTS.map((p, i) => {
  const q = POINTS[1 - i] ?? 0;
  return { p, q2: q * q, scale: 1 / denominator(p, q), plus: 1 + 2 * i, minus: 2 + 2 * i };
});
const [NEAR2, FAR2] = POINTS.map((p) => p * p) as [number, number];
const AT_ZERO = 1 / (NEAR2 * FAR2);

/** Writes even + odd and even - odd, the values at a point and at its opposite. */
function storePair(
  fn: KernelFunction,
  { plus, minus }: { readonly plus: number; readonly minus: number },
  [even, odd]: readonly [Code, Code],
  store: (index: number, value: Code) => Code,
): Code {
  return fn.withMany('v128', 2, ([e, o]) => {
    invariant(e && o, 'two locals');
    return [
      e.set(even),
      o.set(odd),
      store(plus, f32x4.add(e.get, o.get)),
      store(minus, f32x4.sub(e.get, o.get)),
    ];
  });
}

/** Six inputs of a tile: coefficients to values, transposed. */
export const spreadInputs: Transform = {
  inputs: PATCH,
  outputs: PATCH,
  emit(fn, inputs, store) {
    const d = (i: number) => at(inputs, i).get;
    const end = (i: number): Code => {
      const inner = fn.multiplyAdd(splat(-NEAR2 - FAR2), d(i + 2), d(i + 4));
      return fn.multiplyAdd(splat(NEAR2 * FAR2), d(i), inner);
    };
    return [
      store(0, end(0)),
      PAIRS.map((pair) => {
        const even = fn.multiplyAdd(splat(-pair.q2), d(2), d(4));
        const odd = f32x4.mul(splat(pair.p), fn.multiplyAdd(splat(-pair.q2), d(1), d(3)));
        return storePair(fn, pair, [even, odd], store);
      }),
      store(PATCH - 1, end(1)),
    ];
  },
};

/** Four cotangents of outputs of a tile: the transpose of `gatherOutputs`. */
export const spreadOutputs: Transform = {
  inputs: TILE,
  outputs: PATCH,
  emit(fn, inputs, store) {
    const y = (i: number) => at(inputs, i).get;
    return [
      store(0, y(0)),
      PAIRS.map((pair) => {
        const even = fn.multiplyAdd(splat(pair.p ** 2), y(2), y(0));
        const odd = f32x4.mul(splat(pair.p), fn.multiplyAdd(splat(pair.p ** 2), y(3), y(1)));
        return storePair(fn, pair, [even, odd], store);
      }),
      store(PATCH - 1, y(3)),
    ];
  },
};

/** Three taps of a window. */
export const spreadTaps: Transform = {
  inputs: WINDOW,
  outputs: PATCH,
  emit(fn, inputs, store) {
    const g = (i: number) => at(inputs, i).get;
    return [
      store(0, f32x4.mul(splat(AT_ZERO), g(0))),
      PAIRS.map((pair) => {
        const { p, scale } = pair;
        const even = f32x4.mul(splat(scale), fn.multiplyAdd(splat(p ** 2), g(2), g(0)));
        return storePair(fn, pair, [even, f32x4.mul(splat(p * scale), g(1))], store);
      }),
      store(PATCH - 1, g(2)),
    ];
  },
};

/** Sums and differences of the products at a pair of points. */
type Parts = readonly [sum: Local, difference: Local];

/** sum over the pairs of weight * part, and a start. */
function weighted(
  fn: KernelFunction,
  pairs: readonly Parts[],
  part: 0 | 1,
  weights: readonly number[],
  start?: Code,
): Code {
  return pairs.reduce<Code>((sum, pair, i) => {
    const [value, weight] = [pair[part].get, splat(at(weights, i))];
    if (i === 0 && start === undefined) return f32x4.mul(weight, value);
    return fn.multiplyAdd(weight, value, sum);
  }, start ?? []);
}

/** Runs `use` with the sums and differences of both pairs. */
function withPairs(
  fn: KernelFunction,
  inputs: readonly Local[],
  use: (pairs: readonly Parts[]) => Code,
): Code {
  return fn.withMany('v128', 4, (locals) => {
    const pairs = PAIRS.map((_, i): Parts => [at(locals, 2 * i), at(locals, 2 * i + 1)]);
    const make = PAIRS.map(({ plus, minus }, i) => {
      const [a, b] = [at(inputs, plus).get, at(inputs, minus).get];
      return [at(pairs, i)[0].set(f32x4.add(a, b)), at(pairs, i)[1].set(f32x4.sub(a, b))];
    });
    return [make, use(pairs)];
  });
}

/** Six products to four outputs: values to coefficients. */
export const gatherOutputs: Transform = {
  inputs: PATCH,
  outputs: TILE,
  emit(fn, inputs, store) {
    const [first, last] = [at(inputs, 0).get, at(inputs, PATCH - 1).get];
    const powers = (exponent: number) => POINTS.map((p) => p ** exponent);
    return withPairs(fn, inputs, (pairs) => [
      store(0, f32x4.add(first, f32x4.add(at(pairs, 0)[0].get, at(pairs, 1)[0].get))),
      store(1, weighted(fn, pairs, 1, powers(1))),
      store(2, weighted(fn, pairs, 0, powers(2))),
      store(3, weighted(fn, pairs, 1, powers(3), last)),
    ]);
  },
};

/** Six products to the cotangents of three taps: the transpose of `spreadTaps`. */
export const gatherTaps: Transform = {
  inputs: PATCH,
  outputs: WINDOW,
  emit(fn, inputs, store) {
    const [first, last] = [at(inputs, 0).get, at(inputs, PATCH - 1).get];
    const weights = (exponent: number) => PAIRS.map(({ p, scale }) => p ** exponent * scale);
    return withPairs(fn, inputs, (pairs) => [
      store(0, weighted(fn, pairs, 0, weights(0), f32x4.mul(splat(AT_ZERO), first))),
      store(1, weighted(fn, pairs, 1, weights(1))),
      store(2, weighted(fn, pairs, 0, weights(2), last)),
    ]);
  },
};

/** Loads vectors, transforms them and stores the results. */
export function transformVectors(
  fn: KernelFunction,
  transform: Transform,
  load: (index: number) => Code,
  store: (index: number, value: Code) => Code,
): Code {
  return fn.withMany('v128', transform.inputs, (inputs) => [
    inputs.map((local, i) => local.set(load(i))),
    transform.emit(fn, inputs, store),
  ]);
}
