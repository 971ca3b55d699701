import { expect } from 'vitest';
import { tunedKernel } from '../../src/backends/wasm/kernels/index.ts';
import type { Attrs, Aval } from '../../src/graph/node.ts';
import type { HostValue, LoopPrimitive, Primitive } from '../../src/graph/primitive.ts';
import type { Shape } from '../../src/util/shapes.ts';
import { sizeOf } from '../../src/util/shapes.ts';
import { runExpansion } from './run-expansion.ts';

/** A float32 value of a shape. */
export function float32(shape: Shape): Aval {
  return { shape, dtype: 'float32' };
}

/** Repeatable floats in [-1, 1). */
export function noise(size: number, seed: number): Float32Array {
  let state = seed * 7919 + 1;
  return Float32Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

export interface KernelCase {
  readonly primitive: Primitive;
  readonly attrs: Attrs;
  readonly shapes: readonly Shape[];
  /** Shape of a bias to start from. */
  readonly bias?: Shape;
  readonly data?: readonly Float32Array[];
  /** The second input is the first. */
  readonly isPaired?: boolean;
}

/** Compares the tuned kernels of a node, cut in several ways, with the primitive's own reference. */
export function expectTunedKernel({ primitive, attrs, shapes, bias, data, isPaired }: KernelCase): void {
  const { reference, infer } = primitive as LoopPrimitive;
  const distinct = shapes.map(float32);
  const avals = isPaired ? distinct.flatMap((aval) => [aval, aval]) : distinct;
  const output = infer(avals, attrs);
  const values = data ?? [...shapes, ...(bias ? [bias] : [])].map((shape, i) => noise(sizeOf(shape), i + 1));
  const hosts = avals.map(
    (aval, i): HostValue => ({ ...aval, data: Float64Array.from(values[isPaired ? 0 : i] ?? []) }),
  );
  const expected = reference(hosts, attrs, output).map(
    (x, i) => x + (bias ? (values.at(-1)?.[i % sizeOf(bias)] ?? 0) : 0),
  );
  const inputs = bias ? [...avals, float32(bias)] : avals;
  const expansion = tunedKernel({ primitive, attrs, inputs, output });
  if (!expansion) throw new TypeError(`no tuned kernel for ${primitive.name} of ${JSON.stringify(shapes)}`);
  for (const relaxedSimd of [true, false]) {
    for (const calls of [1, 3]) {
      const actual = runExpansion(expansion, values, sizeOf(output.shape), { relaxedSimd, calls });
      expectClose(actual, expected);
    }
  }
}

function expectClose(actual: Float32Array, expected: Float64Array): void {
  const numbers = expected.filter((x) => !Number.isNaN(x));
  const scale = numbers.reduce((largest, x) => Math.max(largest, Math.abs(x)), 1);
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i] ?? 0, expected[i] ?? 0];
    if (Number.isNaN(e) ? !Number.isNaN(a) : !(Math.abs(a - e) <= 4e-6 * scale)) {
      expect.fail(`element ${i}: got ${a}, expected ${e}`);
    }
  }
}
