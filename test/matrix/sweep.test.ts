import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/backends/backend.ts';
import { createWasmBackend } from '../../src/backends/wasm/backend.ts';
import type { Node } from '../../src/graph/node.ts';
import { cast } from '../../src/primitives/elementwise/arithmetic.ts';
import { erf, erfReference } from '../../src/primitives/elementwise/error-function.ts';
import { exp, log, sigmoid, tanh } from '../../src/primitives/elementwise/exponential.ts';
import { expm1, log1p } from '../../src/primitives/elementwise/near-one.ts';
import { cos, sin } from '../../src/primitives/elementwise/trigonometric.ts';
import { input } from '../../src/primitives/leaf.ts';
import { at } from '../../src/util/errors.ts';
import { worstError } from '../support/ulps.ts';

interface Swept {
  readonly name: string;
  readonly apply: (x: Node) => Node;
  readonly exact: (x: number) => number;
  /** The largest |x| for which the bound holds; all finite and infinite numbers unless given. */
  readonly upTo?: number;
  /** In units in the last place. */
  readonly bound: number;
  /** What results never leave, not even by a rounding. */
  readonly range?: readonly [lowest: number, highest: number];
  /** Where the code changes its way, or the result its nature. */
  readonly thresholds: readonly number[];
}

const exactSigmoid = (x: number) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)));

const FUNCTIONS: readonly Swept[] = [
  {
    name: 'exp',
    apply: exp,
    exact: Math.exp,
    bound: 2,
    thresholds: [88.7228, -87.3365, -103.9721, -104, 89, 0.34657],
  },
  {
    name: 'log',
    apply: log,
    exact: Math.log,
    bound: 2,
    thresholds: [1, Math.SQRT1_2, Math.SQRT2, 2 ** -126],
  },
  {
    name: 'sigmoid',
    apply: sigmoid,
    exact: exactSigmoid,
    bound: 3,
    range: [0, 1],
    thresholds: [-88.7228, -103.9721, 16.6355, 89],
  },
  {
    name: 'tanh',
    apply: tanh,
    exact: Math.tanh,
    bound: 3.5,
    range: [-1, 1],
    thresholds: [9, 9.0109, 8.6643],
  },
  { name: 'erf', apply: erf, exact: erfReference, bound: 4, range: [-1, 1], thresholds: [3.9, 3.8325, 1] },
  {
    name: 'expm1',
    apply: expm1,
    exact: Math.expm1,
    bound: 2,
    thresholds: [88.7228, -17.3287, -30, 0.34657, -0.34657],
  },
  { name: 'log1p', apply: log1p, exact: Math.log1p, bound: 3, thresholds: [-1, 0.41421, -0.29289, 2 ** -24] },
  {
    name: 'sin',
    apply: sin,
    exact: Math.sin,
    upTo: 8192,
    bound: 3,
    thresholds: [Math.PI / 4, Math.PI, 8192],
  },
  {
    name: 'cos',
    apply: cos,
    exact: Math.cos,
    upTo: 8192,
    bound: 3,
    thresholds: [Math.PI / 4, Math.PI / 2, 8192],
  },
];

/** Every so many of the 2^32 patterns of bits: about 2,000 numbers in every binade. */
const STEP = 4001;
const NEIGHBOURS = 64;

/** A multiple of four numbers out of all float32 that `upTo` allows, and those around the thresholds. */
function numbers({ thresholds, upTo = Infinity }: Swept): Float32Array {
  const swept = Uint32Array.from({ length: Math.floor(2 ** 32 / STEP) }, (_, i) => i * STEP);
  const bits = new Uint32Array(Float32Array.from(thresholds).buffer);
  const around = Array.from(bits).flatMap((b) =>
    Array.from({ length: 2 * NEIGHBOURS }, (_, i) => b + i - NEIGHBOURS),
  );
  const all = new Float32Array(Uint32Array.from([...swept, ...around]).buffer);
  const special = [0, -0, Infinity, -Infinity, NaN, 2 ** -149, -(2 ** -149)];
  const x = [...all.filter((value) => !(Math.abs(value) > upTo)), ...special];
  return Float32Array.from(x.slice(x.length % 4));
}

/** What the vectors compute, or the code for the elements that fill none: doubles have no vectors here. */
const PATHS: Record<string, (output: Node) => Node> = {
  vector: (output) => output,
  scalar: (output) => cast(output, 'float64'),
};

const BACKENDS = {
  'relaxed SIMD': createWasmBackend({ threads: 1 }),
  'plain SIMD': createWasmBackend({ threads: 1, relaxedSimd: false }),
};

function compute(
  { apply }: Swept,
  backend: Backend,
  x: Float32Array | Float64Array,
  path: (output: Node) => Node = (output) => output,
): ArrayLike<number> {
  const dtype = x instanceof Float32Array ? 'float32' : 'float64';
  const node = input({ shape: [x.length], dtype });
  const program = backend.compile({ inputs: [node], outputs: [path(apply(node))] });
  return backend.readSync(at(program.run([backend.upload(dtype, x)]), 0));
}

describe.each(FUNCTIONS)('$name', (swept) => {
  const x = numbers(swept);
  const exact = Float64Array.from(x, swept.exact);
  const [lowest, highest] = swept.range ?? [-Infinity, Infinity];

  for (const [name, backend] of Object.entries(BACKENDS)) {
    it.each(Object.entries(PATHS))(`is within its bound all over float32: ${name}, %s`, (_, path) => {
      const actual = compute(swept, backend, x, path);
      const { ulps, place } = worstError(actual, exact, 'float32');
      const message = `${swept.name}(${at(x, place)}) = ${at(actual, place)} instead of ${at(exact, place)}`;
      expect(ulps, message).toBeLessThanOrEqual(swept.bound);
      expect(Array.from(actual).find((y) => y < lowest || y > highest)).toBeUndefined();
    });
  }

  it('takes zeros, infinities, NaN and the outermost doubles', () => {
    const limit = swept.upTo ?? Number.MAX_VALUE;
    const special = [0, -0, Infinity, -Infinity, NaN, Number.MIN_VALUE, -Number.MIN_VALUE, limit, -limit];
    const doubles = Float64Array.from(special);
    const { ulps, place } = worstError(
      compute(swept, BACKENDS['plain SIMD'], doubles),
      doubles.map(swept.exact),
      'float64',
    );
    expect(ulps, `${swept.name}(${at(special, place)})`).toBeLessThanOrEqual(swept.bound);
  });
});
