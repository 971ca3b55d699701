import { describe, expect, it } from 'vitest';
import { createWasmBackend } from '../../src/backends/wasm/backend.ts';
import type { Node } from '../../src/graph/node.ts';
import { cast } from '../../src/primitives/elementwise/arithmetic.ts';
import { pow } from '../../src/primitives/elementwise/power.ts';
import { input } from '../../src/primitives/leaf.ts';
import { hostArray } from '../../src/tensor/tensor.ts';
import { at } from '../../src/util/errors.ts';
import { worstError } from '../support/ulps.ts';

type Pairs = readonly (readonly [a: number, b: number])[];

/** JavaScript's power where C99 agrees, and C99's 1 where it does not. */
function exactPower(a: number, b: number): number {
  const isOne = a === 1 || (a === -1 && (b === Infinity || b === -Infinity));
  return isOne ? 1 : a ** b;
}

const SPECIAL = [
  ...[0, 1, 2, 3, 0.5, 1.5, 1e-40, 3.4e38, 1.0000001, 0.9999999, 16777217, 149, Infinity].flatMap((x) => [
    x,
    -x,
  ]),
  Number.NaN,
];

/** Fractions in [0, 1) that fill the square evenly (Roberts 2018). */
function square(count: number): Pairs {
  return Array.from({ length: count }, (_, i) => [
    (0.5 + i * 0.7548776662466927) % 1,
    (0.5 + i * 0.5698402909980532) % 1,
  ]);
}

/** Bases of every size, and exponents that take them over the whole range of results. */
const LARGE: Pairs = square(200_000).map(([u, v]) => {
  const a = Math.fround(2 ** (u * 250 - 125));
  return [a, ((v - 0.5) * 300) / Math.log2(a)];
});
const NEAR_ONE: Pairs = square(200_000).map(([u, v]) => {
  const a = Math.fround(0.6 + u);
  return [a, ((v - 0.5) * 300) / Math.log2(a)];
});
const NEGATIVE: Pairs = square(50_000).map(([u, v]) => [-(2 ** (u * 20 - 10)), Math.round((v - 0.5) * 60)]);
const GRID: Pairs = SPECIAL.flatMap((a) => SPECIAL.map((b) => [a, b] as const));

type Float = 'float32' | 'float64';

interface Run {
  readonly dtype: Float;
  readonly relaxedSimd: boolean;
  /** Doubles have no vectors, so a cast makes scalar code of the whole kernel. */
  readonly path: (output: Node) => Node;
}

const RUNS: readonly (readonly [name: string, run: Run])[] = [
  ['float32, relaxed SIMD', { dtype: 'float32', relaxedSimd: true, path: (x) => x }],
  ['float32, plain SIMD', { dtype: 'float32', relaxedSimd: false, path: (x) => x }],
  ['float32, scalar', { dtype: 'float32', relaxedSimd: true, path: (x) => cast(x, 'float64') }],
  ['float64', { dtype: 'float64', relaxedSimd: true, path: (x) => x }],
];

/** The largest error, in units in the last place, and the call it comes from. */
function worstOf(pairs: Pairs, { dtype, relaxedSimd, path }: Run): { ulps: number; call: string } {
  const backend = createWasmBackend({ threads: 1, relaxedSimd });
  const inputs = [0, 1].map(() => input({ shape: [pairs.length], dtype }));
  const data = [0, 1].map((side) =>
    Array.from(
      hostArray(
        dtype,
        pairs.map((pair) => at(pair, side)),
      ),
    ),
  );
  const program = backend.compile({ inputs, outputs: [path(pow(at(inputs, 0), at(inputs, 1)))] });
  const [result] = program.run(data.map((array) => backend.upload(dtype, hostArray(dtype, array))));
  const actual = result ? backend.readSync(result) : [];
  const exact = at(data, 0).map((a, i) => exactPower(a, at(at(data, 1), i)));
  const { ulps, place } = worstError(actual, exact, dtype);
  const [a, b] = data.map((array) => at(array, place));
  return { ulps, call: `pow(${a}, ${b}) = ${at(actual, place)} instead of ${at(exact, place)}` };
}

describe.each(RUNS)('pow in %s', (_, run) => {
  it.each([
    ['special cases', GRID],
    ['bases of every size', LARGE],
    ['bases near 1', NEAR_ONE],
    ['negative bases', NEGATIVE],
  ] as const)('is within 2 ulp: %s', (_, pairs) => {
    const { ulps, call } = worstOf(pairs, run);
    expect(ulps, call).toBeLessThanOrEqual(2);
  });
});
