import { describe, expect, it } from 'vitest';
import { createWasmBackend } from '../../src/backends/wasm/backend.ts';
import type { Node } from '../../src/graph/node.ts';
import { erf } from '../../src/primitives/elementwise/error-function.ts';
import { exp, log, sigmoid, tanh } from '../../src/primitives/elementwise/exponential.ts';
import { expm1, log1p } from '../../src/primitives/elementwise/near-one.ts';
import { pow } from '../../src/primitives/elementwise/power.ts';
import { cos, sin } from '../../src/primitives/elementwise/trigonometric.ts';
import { input } from '../../src/primitives/leaf.ts';
import { at } from '../../src/util/errors.ts';
import { decodeGolden, type GoldenArray, readGolden } from '../support/golden.ts';
import { worstError } from '../support/ulps.ts';

const backend = createWasmBackend({ threads: 1 });

/** Asserts that results in double precision are within a bound, in units in the last place, of mpmath's. */
function expectNear(
  name: string,
  args: readonly GoldenArray[],
  exact: GoldenArray,
  build: (inputs: readonly Node[]) => Node,
  bound: number,
): void {
  const inputs = args.map(({ shape }) => input({ shape, dtype: 'float64' }));
  const data = args.map((array) => decodeGolden(array).data);
  const program = backend.compile({ inputs, outputs: [build(inputs)] });
  const [result] = program.run(data.map((array) => backend.upload('float64', array)));
  const actual = result ? backend.readSync(result) : [];
  const expected = decodeGolden(exact).data;
  const { ulps, place } = worstError(actual, expected, 'float64');
  const call = `${name}(${data.map((array) => at(array, place)).join(', ')})`;
  expect(ulps, `${call} = ${at(actual, place)} instead of ${at(expected, place)}`).toBeLessThanOrEqual(bound);
}

describe('functions of doubles stay within their bounds of mpmath', () => {
  const unary = { exp, expm1, log, log1p, sigmoid, tanh, sin, cos, erf };
  const bounds = { exp: 2, expm1: 3, log: 2, log1p: 3, sigmoid: 3, tanh: 3, sin: 3, cos: 3, erf: 3 };
  for (const [name, apply] of Object.entries(unary)) {
    it(name, () => {
      const { x, y } = readGolden<{ x: GoldenArray; y: GoldenArray }>(`elementwise/${name}.json`);
      expectNear(name, [x], y, (inputs) => apply(at(inputs, 0)), bounds[name as keyof typeof bounds]);
    });
  }

  it('pow', () => {
    const { x, b, y } = readGolden<{ x: GoldenArray; b: GoldenArray; y: GoldenArray }>(
      'elementwise/pow.json',
    );
    expectNear('pow', [x, b], y, (inputs) => pow(at(inputs, 0), at(inputs, 1)), 2);
  });
});
