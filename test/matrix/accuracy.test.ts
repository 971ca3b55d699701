import { describe, expect, it } from 'vitest';
import type { Node } from '../../src/graph/node.ts';
import { sqrt } from '../../src/primitives/elementwise/arithmetic.ts';
import { erf } from '../../src/primitives/elementwise/error-function.ts';
import { exp, log, sigmoid, tanh } from '../../src/primitives/elementwise/exponential.ts';
import { acosh, asinh, atanh, cosh, sinh } from '../../src/primitives/elementwise/hyperbolic.ts';
import { expm1, log1p } from '../../src/primitives/elementwise/near-one.ts';
import { cos, sin } from '../../src/primitives/elementwise/trigonometric.ts';
import { input } from '../../src/primitives/leaf.ts';
import { hostArray } from '../../src/tensor/tensor.ts';
import { at } from '../../src/util/errors.ts';
import { ULPS } from '../support/tolerances.ts';
import { MATRIX_BACKENDS } from './backends.ts';

/** Functions and the decades of |x| in which they are measured, with negative x where `signed`. */
const FUNCTIONS: readonly {
  name: string;
  apply: (x: Node) => Node;
  from: number;
  to: number;
  signed: boolean;
}[] = [
  { name: 'sqrt', apply: sqrt, from: 1e-30, to: 1e30, signed: false },
  { name: 'exp', apply: exp, from: 1e-6, to: 87, signed: true },
  { name: 'log', apply: log, from: 1e-36, to: 1e36, signed: false },
  { name: 'expm1', apply: expm1, from: 1e-30, to: 87, signed: true },
  { name: 'log1p', apply: log1p, from: 1e-30, to: 1e30, signed: false },
  { name: 'log1p below 0', apply: log1p, from: 1e-7, to: 0.999, signed: true },
  { name: 'sigmoid', apply: sigmoid, from: 1e-6, to: 80, signed: true },
  { name: 'tanh', apply: tanh, from: 1e-30, to: 20, signed: true },
  { name: 'sin', apply: sin, from: 1e-6, to: 8192, signed: true },
  { name: 'cos', apply: cos, from: 1e-6, to: 8192, signed: true },
  { name: 'sinh', apply: sinh, from: 1e-30, to: 89, signed: true },
  { name: 'cosh', apply: cosh, from: 1e-6, to: 89, signed: true },
  { name: 'asinh', apply: asinh, from: 1e-30, to: 1e36, signed: true },
  { name: 'acosh', apply: acosh, from: 1, to: 1e36, signed: false },
  { name: 'atanh', apply: atanh, from: 1e-30, to: 0.999, signed: true },
  { name: 'erf', apply: erf, from: 1e-30, to: 7, signed: true },
];

const COUNT = 20_000;

/** Numbers of every size between the bounds, evenly in the logarithm. */
function sizes(from: number, to: number, signed: boolean): number[] {
  return Array.from({ length: COUNT }, (_, i) => {
    const size = from * (to / from) ** ((i + 0.5) / COUNT);
    return signed && i % 2 === 1 ? -size : size;
  });
}

/** The distance of neighbouring numbers around x. */
function ulp(x: number, bits: number): number {
  return 2 ** (Math.floor(Math.log2(Math.abs(x))) - bits);
}

describe.each(MATRIX_BACKENDS.slice(1))('elementwise functions on $name', ({ backend }) => {
  describe.each([
    ['float32', 23],
    ['float64', 52],
  ] as const)('%s', (dtype, bits) => {
    it.each(FUNCTIONS)('$name is right to the last places', ({ apply, from, to, signed }) => {
      const x = hostArray(dtype, sizes(from, to, signed));
      const node = input({ shape: [COUNT], dtype });
      const output = apply(node);
      const { primitive } = output;
      const [result] = backend.compile({ inputs: [node], outputs: [output] }).run([backend.upload(dtype, x)]);
      const actual = result ? backend.readSync(result) : [];
      let worst = { error: 0, at: 0 };
      x.forEach((value: number, i: number) => {
        const exact =
          primitive.kind === 'map' ? primitive.reference([value], {}, { output, position: i }) : Number.NaN;
        const error = Math.abs(at(actual, i) - exact) / ulp(exact, bits);
        if (!(error <= worst.error)) worst = { error, at: value };
      });
      expect(worst.error, `worst at ${worst.at}`).toBeLessThanOrEqual(ULPS);
    });
  });
});
